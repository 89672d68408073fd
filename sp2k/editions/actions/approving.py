"""Saying yes to an act, by account or from a paper; locking the rules with it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from sp2k.accounts.policy import require
from sp2k.accounts.roles import Role
from sp2k.base.blobs import store_blob
from sp2k.base.documents.days import refuse_day_before, refuse_day_to_come
from sp2k.base.refusals import BadInput, NotAllowed, Refused
from sp2k.base.typed import clean_text
from sp2k.editions.approvals import is_complete_paper, rules_of_act
from sp2k.editions.file import ACTS, ApprovalRule
from sp2k.editions.holding import held_edition
from sp2k.editions.models import Approval, Edition
from sp2k.editions.queries import given_approvals, missing_approvals, rules_hash_of
from sp2k.editions.queries.chairs import speaks_for
from sp2k.editions.queries.lapsing import brought_about, seen_by, standing_approvals
from sp2k.editions.queries.opening import refuse_changed_rules
from sp2k.journal import actions as journal


@dataclass(frozen=True)
class Paper:
    """A signed approval on paper, as its recorder read it: number, date and scan."""

    number: str
    dated: date
    scan: bytes
    content_type: str = "application/pdf"


@transaction.atomic
def give_approval(
    edition: Edition, act: str, subject: str, *, role: str, by, now: datetime, paper: Paper | None = None,
    shown: str = "",
) -> Approval:  # fmt: skip
    """Record one person's yes to an act, in the person's own role, or that of a paper the person recorded.

    Parameters
    ----------
    act : as under `persetujuan` in the edition file, e.g. ``hasil``
    subject : what it is about: the edition's code, a stage's code, or `move_subject`
    role : the letter of the role whose yes it is; with `paper` the role of who signed it
    shown : of the rules, the hash that the person read; a draft changed since is refused
    """
    edition = held_edition(edition.pk)
    require(by, "approval.give", edition, now=now)
    refuse_changed_rules(edition, "Persetujuan")
    _refuse_unseen(edition, shown)
    return keep_approval(edition, act, subject, role=role, by=by, now=now, paper=paper)


def keep_approval(
    edition: Edition, act: str, subject: str, *, role: str, by, now: datetime, paper: Paper | None = None
) -> Approval:
    """Keep a yes, of an edition that is held; part of an act, never one by itself."""
    declared = _declared(edition, act, role, subject)
    if paper is not None and declared.paper is None:
        raise Refused(f"Menurut aturan edisi, persetujuan {act} dari {Role(role).label} tidak dapat lewat surat.")
    holds = declared.paper.role if paper else role
    if not by.reaches({holds}, edition.region_id):
        raise NotAllowed(f"Anda tidak memegang peran {Role(holds).label} untuk {edition.region_name}.")
    if not speaks_for(by, edition, holds, subject):
        raise NotAllowed(f"Anda tidak menduduki kursi ketua {edition}. Persetujuan ketua juri diberikan oleh pemegang kursi "
                         "ketua edisi ini.")  # fmt: skip
    recorded = _recorded(paper, edition, now, of={"act": act, "subject": subject, "role": role})
    before = standing_approvals(edition, edition.approvals.filter(act=act, subject=subject, role=role, by=by))
    if before and not _replaces(before[0], recorded, declared):
        return before[0]
    seen = seen_by(edition, act, subject)
    whose = {"edition": edition, "act": act, "subject": subject, "role": role, "by": by}
    approval = before[0] if before else Approval(**whose)
    for name, value in ({"at": now} | recorded | seen).items():
        setattr(approval, name, value)
    approval.save()
    body = {"act": act, "subject": subject, "role": role, **seen}
    if paper:
        body["paper"] = [recorded["paper_number"], paper.dated.isoformat(), recorded["paper"].sha256]
    journal.append(edition.chain_id, "approval.give", body, by=by, now=now)
    return approval


@transaction.atomic
def lock_rules(edition: Edition, *, by, now: datetime, shown: str = "") -> Edition:
    """Lock the rules for good, with the approvals the edition declares; from now on only dates can move.

    `shown` is the hash of the rules as the person read them; a draft changed since is refused.
    """
    edition = held_edition(edition.pk)
    require(by, "rules.lock", edition, now=now)
    refuse_changed_rules(edition, "Penguncian aturan")
    _refuse_unseen(edition, shown)
    if missing := missing_approvals(edition, "kunci_aturan", edition.code, also=by):
        raise Refused(f"Persetujuan belum lengkap: {'; '.join(missing)}.")
    edition.rules_hash = rules_hash_of(edition)
    edition.rules_locked_at = now
    edition.save(update_fields=["rules_hash", "rules_locked_at"])
    journal.append(edition.chain_id, "rules.lock", {"hash": edition.rules_hash}, by=by, now=now)
    return edition


def _declared(edition: Edition, act: str, role: str, subject: str):
    declared = {rule.role: rule for rule in rules_of_act(edition.rules, act, subject)}
    if act not in ACTS or not declared:
        raise Refused(f"Aturan edisi tidak meminta persetujuan untuk {act[:40]}.")
    if role not in declared:
        asked = " dan ".join(str(Role(letter).label) for letter in declared)
        raise Refused(f"Persetujuan {act} diminta dari {asked}, bukan dari peran {role[:10]}.")
    return declared[role]


def _refuse_unseen(edition: Edition, shown: str) -> None:
    if shown and shown != rules_hash_of(edition):
        raise Refused("Aturan edisi ini berubah sejak halaman Anda dibuka. Muat ulang, baca lagi, lalu putuskan.")


def _recorded(paper: Paper | None, edition: Edition, now: datetime, *, of: dict) -> dict:
    if paper is None:
        return {"paper_number": "", "paper_date": None, "paper": None}
    number = clean_text(paper.number, name="Nomor surat", longest=80)
    if not number:
        raise BadInput("Tulis nomor surat persetujuan.")
    refuse_day_to_come(paper.dated, "surat", zone=edition.zone, now=now)
    for at, event in brought_about(edition, of["act"], of["subject"]):
        refuse_day_before(paper.dated, "surat", at, event, zone=edition.zone)
    told = {"paper_number": number, "paper_date": paper.dated}
    if paper.scan:
        return told | {"paper": store_blob(paper.scan, content_type=paper.content_type, now=now)}
    if first := edition.approvals.filter(**of, **told).exclude(paper=None).select_related("paper").first():
        return told | {"paper": first.paper}
    raise BadInput("Lampirkan pindaian surat persetujuan.")


def _replaces(earlier: Approval, recorded: dict, declared: ApprovalRule) -> bool:
    """Whether a recording takes the place of the person's earlier one: of another paper, while that one does not count yet.

    The journal keeps both lines.
    """
    paper = (earlier.paper_number, earlier.paper_date)
    if paper == (recorded["paper_number"], recorded["paper_date"]):
        return False
    if not earlier.paper_number or not recorded["paper_number"]:
        by_paper = f" dengan surat {earlier.paper_number}" if earlier.paper_number else ""
        raise Refused(f"Anda sudah mencatat persetujuan ini{by_paper}.")
    edition, subject = earlier.edition, earlier.subject
    rows = edition.approvals.filter(act=earlier.act, subject=subject, role=earlier.role)
    if is_complete_paper(declared, given_approvals(edition, rows, subject), paper):
        raise Refused(f"Surat {earlier.paper_number} sudah dicatat {declared.paper.persons} orang dan berlaku; catatannya "
                      "tidak dapat diganti lagi.")  # fmt: skip
    return True
