"""Holding minutes and amendments against their lines, and their files against their names."""

from sp2k.base.blobs import states_of
from sp2k.base.wording import within_sentence
from sp2k.editions.models import Edition
from sp2k.journal.heads import Head
from sp2k.journal.opening import OTHER_ACT, UNTOLD, Opening, open_lines
from sp2k.publication.issued.sealed import amendment_content, minutes_content, proposal_content, sealed_under
from sp2k.publication.models import Amendment, Minutes

MINUTES, AMENDING = ("minutes.make",), ("amendment.propose", "amendment.withdraw", "decree.amend")


def document_heads(edition: Edition) -> list[Head]:
    """Return the heads printed in minutes and amendments, each with where."""
    heads = [
        Head(row.journal_size, row.journal_head, f"berita acara {row.number}")
        for row in Minutes.objects.filter(stage__edition=edition)
    ]
    in_force = Amendment.objects.filter(decree__edition=edition, approved_at__isnull=False)
    return heads + [Head(row.journal_size, row.journal_head, f"pembetulan {row.number}") for row in in_force]


def require_minutes(edition: Edition) -> None:
    """Refuse to show minutes that are not what their lines sealed: what a page of them asks first."""
    opening = open_lines(edition.chain_id, MINUTES)
    open_minutes(opening, edition)
    opening.refuse_to_show()


def require_amendments(edition: Edition) -> None:
    """Refuse to show corrections of a decree that are not what their lines sealed: what a page of them asks first."""
    opening = open_lines(edition.chain_id, AMENDING)
    open_amendments(opening, edition)
    opening.refuse_to_show()


def open_minutes(opening: Opening, edition: Edition) -> None:
    """Hold every revision of every stage's minutes, with its bytes."""
    rows = list(Minutes.objects.filter(stage__edition=edition).select_related("stage__edition", "document"))
    states = states_of([row.document for row in rows])
    for row in rows:
        what = f"Berita acara tahap {row.stage.name}, revisi {row.revision}"  # by its place: its number may be changed
        opening.open_row(("minutes.make",), row, minutes_content(row), what)
        opening.open_file(states[row.document_id], f"Dokumen {within_sentence(what)}", None)
    opening.expect_met([("minutes.make", "Berita acara")])


def open_amendments(opening: Opening, edition: Edition) -> None:
    """Hold every proposal as proposed, every amendment as approved, and every withdrawal."""
    rows = Amendment.objects.filter(decree__edition=edition)
    rows = list(rows.select_related("decree__edition", "document", "by", "approved_by"))
    states = states_of([row.document for row in rows if row.document is not None])
    for row in rows:
        what = f"Pembetulan ke-{row.position} keputusan {edition}"
        seq = opening.line_of(("amendment.propose",), row.proposal_commitment)
        if seq is None:
            opening.fail(what, UNTOLD)
        else:
            is_as_proposed = sealed_under(row, proposal_content(row)) == row.proposal_commitment
            opening.hold(is_as_proposed, f"Usul {within_sentence(what)}", seq)
            _hold_who(opening, row.by, row.proposed_at, f"Usul {within_sentence(what)}", seq)
        if row.approved_at is not None:
            opening.open_row(("decree.amend",), row, amendment_content(row), what)
            if (agreeing := opening.line_of(("decree.amend",), row.commitment)) is not None:
                _hold_who(opening, row.approved_by, row.approved_at, what, agreeing)
        elif row.approved_by_id or row.approved_as:
            opening.fail(what, "ditandai disetujui tanpa tindakan yang menyetujuinya")
            opening.open_file(states[row.document_id], f"Dokumen {within_sentence(what)}", None)
        withdrawing = opening.last("amendment.withdraw", number=row.position)[0]
        if row.withdrawn_at != (None if withdrawing is None else opening.replayed.acts[withdrawing][1]):
            opening.fail(what, "penarikannya tidak sama dengan yang dicatat jurnal", withdrawing)
    opening.expect_met([("amendment.propose", "Usul pembetulan"), ("decree.amend", "Pembetulan")])


def _hold_who(opening: Opening, person, at, what: str, seq: int) -> None:
    """Hold who did an act on a row and when against its line: of two persons each is the one who did the own part."""
    if opening.replayed.acts[seq] != (person and person.get_username(), at):
        opening.fail(what, OTHER_ACT, seq)
