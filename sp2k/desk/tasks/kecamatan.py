"""A kecamatan: its form, what came back, its turn before the jury."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sp2k.accounts.roles import Role
from sp2k.base.language import spoken_instant
from sp2k.base.pages.addresses import address_of
from sp2k.desk.tasks.regency import told_by_bureau
from sp2k.desk.tasks.situation import Situation
from sp2k.desk.tasks.task import Task, task
from sp2k.editions.models import Stage
from sp2k.entries.models import Participation, Verification
from sp2k.entries.queries import latest_forms, newest_voided
from sp2k.entries.queries.states import DRAFT, NONE, RETURNED, with_states
from sp2k.instruments.applying import unasked
from sp2k.judging.models import Slot
from sp2k.judging.opening.schedule import is_schedule_told


def tasks_of(here: Situation) -> Iterator[Task]:
    """Yield what waits for a kecamatan in the stage that runs."""
    codes, stage = here.reach_within(Role.CAMAT), here.current
    if not codes or stage is None:
        return
    if stage.kind == Stage.Kind.FILLING and here.now >= stage.opens_at:
        yield from (_form if stage.is_open(here.now) else _not_handed_in)(here, stage, codes)
    if stage.kind == Stage.Kind.SELECTION:
        yield from told_by_bureau(here, stage, sorted({".".join(code.split(".")[:2]) for code in codes}))
    if stage.kind in {Stage.Kind.SCORING, Stage.Kind.VISIT}:
        yield from _turn(here, stage, codes)


def _form(here, stage, codes) -> Iterator[Task]:
    rows = stage.participations.filter(entry__region__in=codes).select_related("draft", "entry__region__parent")
    forms = latest_forms(stage).filter(participation__in=rows).prefetch_related("verifications")
    sent = {form.participation_id: form for form in forms}
    voided = newest_voided(rows)
    for row in rows:
        form = sent.get(row.pk)
        decision = form.standing_verifications[-1] if form and form.standing_verifications else None
        common = {
            "edition": here.edition, "now": here.now, "due": stage.closes_at,
            "address": address_of("entries:start", here.edition.code, stage.code, row.region_code),
        }  # fmt: skip
        if decision and decision.decision == Verification.Decision.RETURNED:
            why = _("Dikembalikan verifikator: %s") % decision.reason
            yield task(_("Perbaiki isian %s") % row.entry.name, why, **(common | {"state": "back"}))
        elif row.pk in voided:
            why = _("Isian revisi %(n)s %(words)s %(back)s") % {
                "n": voided[row.pk].revision, "words": voided[row.pk].voided_words, "back": _what_is_kept(row, voided[row.pk]),
            }  # fmt: skip
            yield task(_("Isian %s dibatalkan: periksa dan kirim lagi") % row.entry.name, why, **(common | {"state": "back"}))
        elif form is None:
            yield task(_("Lengkapi dan kirim isian %s") % row.entry.name, _what_lacks(row, stage), **common)


def _not_handed_in(here, stage, codes) -> Iterator[Task]:
    """After the deadline nothing can be done: what is so of a form that was not handed in, without a date to be late for."""
    rows = stage.participations.filter(entry__region__in=codes).select_related("entry__region__parent")
    titles = {
        NONE: _("Isian %s tidak dikirim sampai batasnya"), DRAFT: _("Isian %s tidak dikirim sampai batasnya"),
        RETURNED: _("Isian %s dikembalikan dan tidak dikirim lagi sampai batasnya"),
    }  # fmt: skip
    why = _("%s Isian hanya dapat dibaca. Bila batasnya dipindahkan, isian dapat dikirim lagi.")
    for row in with_states(rows):
        if title := titles.get(row.state):
            yield task(
                title % row.entry.name, why % stage.opening_in_words(here.now), edition=here.edition, now=here.now,
                address=address_of("entries:start", here.edition.code, stage.code, row.region_code), state="none",
            )  # fmt: skip


def _what_is_kept(row, voided) -> str:
    draft = getattr(row, "draft", None)
    if draft is None or draft.restored_from_id == voided.pk:
        return _("Isinya kembali sebagai draf.")
    return _("Draf yang sedang ditulis tidak ditimpa; isi yang dibatalkan tetap dapat dibaca.")


def _what_lacks(row: Participation, stage) -> str:
    total = stage.instrument.n_indicators - len(unasked(stage.instrument, row.entry.traits))
    draft = getattr(row, "draft", None)
    if draft is None:
        return ngettext(
            "Belum diisi. %d indikator; verifikator belum melihat apa pun sampai Anda mengirim.",
            "Belum diisi. %d indikator; verifikator belum melihat apa pun sampai Anda mengirim.", total,
        ) % total  # fmt: skip
    begun = sum(bool(answer.get("isian") or answer.get("bukti")) for answer in draft.answers.values())
    return _("%(n)d dari %(total)d indikator sudah diisi. Verifikator belum melihatnya sampai Anda mengirim.") % {
        "n": begun, "total": total,
    }  # fmt: skip


def _turn(here, stage, codes) -> Iterator[Task]:
    slots = Slot.objects.filter(participation__stage=stage, participation__entry__region__in=codes)
    if slots.exists() and not is_schedule_told(stage):
        yield task(
            _("Jadwal"), _("Yang tersimpan tidak lagi sama dengan yang dicatat jurnal, jadi tidak ditampilkan sebelum "
                           "pengawas memeriksanya."),
            edition=here.edition, now=here.now, state="none",
        )  # fmt: skip
        return
    for slot in slots.select_related("session", "participation__entry__region"):
        if slot.starts_at > here.now:
            where = f", {slot.session.room}" if slot.session.room else ""
            yield task(
                _("Bersiap memaparkan: giliran %d") % slot.position,
                f"{spoken_instant(slot.starts_at, here.edition.zone)}{where}.",
                edition=here.edition, now=here.now, due=slot.starts_at, address=address_of("judging:own-schedule"),
            )  # fmt: skip
