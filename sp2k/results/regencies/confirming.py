"""What a regency's ranking and its nomination will do, shown before each is done for good."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from sp2k.accounts.policy import why_not
from sp2k.base.language import spoken_instant
from sp2k.base.pages.confirming import Preview, names_shown
from sp2k.base.wording import number_in_words
from sp2k.results.regencies.page import RegencyPage


def rank_preview(page: RegencyPage, *, user, now: datetime) -> Preview:
    """From how many accepted forms the ranking is made, and which kecamatan stand in it without one."""
    desk, counts = page.desk, page.counts
    reason = why_not(user, "regency.rank", desk, now=now) or ""
    if not reason and page.tally is not None:
        reason = _("Peringkat %s sudah ditetapkan.") % desk.name
    elif not reason and page.answer is not None and page.answer.participation_id is None:
        reason = _("%s sudah dinyatakan tidak ikut. Tarik kembali pernyataan itu lebih dahulu.") % desk.name
    without = page.without_accepted_form
    return Preview(
        title=_("Tetapkan peringkat %s") % desk.name, eyebrow=f"{desk.edition} · {desk.stage.name}",
        button=_("Tetapkan peringkat"), back=_back(desk), reason=reason,
        figures=(
            (_("Kecamatan"), number_in_words(page.n_kecamatan)),
            (_("Isian diterima"), number_in_words(counts["ok"])),
            (_("Menunggu verifikator"), number_in_words(counts["sent"])),
            (_("Dikembalikan, draf, atau belum diisi"), number_in_words(counts["back"] + counts["draft"] + counts["none"])),
            (_("Batas waktu"), spoken_instant(desk.stage.closes_at, desk.edition.zone)),
        ),
        lists=(names_shown(_("Tanpa isian yang diterima"), without),) if without else (),
        for_good=_("Peringkat dihitung sekali menurut aturan edisi. Sesudahnya peringkat hanya dapat ditarik kembali, dengan "
                   "alasan yang ditulis dalam jurnal, sampai tahap dikunci."),
    )  # fmt: skip


def nominee_preview(page: RegencyPage, *, user, now: datetime) -> Preview:
    """Who goes by the ranking, and who does not."""
    desk = page.desk
    others = [str(row.entry) for row in page.rows if not row.placement.is_through]
    through = [f"{row.placement.place}. {row.entry}" for row in page.rows if row.placement.is_through]
    return Preview(
        title=_("Ajukan calon %s") % desk.name, eyebrow=f"{desk.edition} · {desk.stage.name}",
        button=_("Ajukan calon"), back=_back(desk), reason=_why_none_is_sent(page, user, now),
        figures=(
            (_("Dalam kuota menurut peringkat"), number_in_words(len(through))),
            (_("Tidak diajukan"), number_in_words(len(others))),
            (_("Batas waktu"), spoken_instant(desk.stage.closes_at, desk.edition.zone)),
        ),
        lists=tuple(
            names_shown(title, names)
            for title, names in ((_("Yang dapat diajukan"), through), (_("Yang tidak diajukan"), others)) if names
        ),
        notes=(_("Berita acara bertanda tangan boleh diunggah sekarang atau menyusul."),),
        for_good=_("Jawaban ini menjadi peserta tahap berikutnya. Sesudahnya calon hanya dapat ditarik kembali, dengan alasan "
                   "yang ditulis dalam jurnal, sampai tahap dikunci."),
    )  # fmt: skip


def _why_none_is_sent(page: RegencyPage, user, now) -> str:
    desk, answer = page.desk, page.answer
    if reason := why_not(user, "nominee.set", desk, now=now):
        return reason
    if answer is not None:
        said = _("mengajukan %s") % answer.participation.entry if answer.participation else _("menyatakan tidak ikut")
        return _("%(name)s sudah %(said)s.") % {"name": desk.name, "said": said}
    if page.tally is None:
        return _("Tetapkan peringkat %s lebih dahulu, baru ajukan calon.") % desk.name
    if not page.through:
        return _("Tidak ada kecamatan dalam kuota menurut peringkat ini.")
    return ""


def _back(desk) -> str:
    return reverse("results:regency", args=[desk.edition.code, desk.stage.code, desk.region_code])
