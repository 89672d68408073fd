"""What announcing, drawing and signing a lot will do, shown before each is done."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from sp2k.accounts.policy import why_not_or_whose
from sp2k.base.language import spoken_instant
from sp2k.base.pages.confirming import Preview, names_shown
from sp2k.editions.models import Stage
from sp2k.results.models import Lot, LotDraw
from sp2k.results.ties.lots import LotTable, is_present, standing_draw, standing_lot, values_are_fixed


def announce_preview(stage: Stage, *, user, now: datetime) -> Preview:
    """Who will read the announcement, and which one it replaces."""
    before = standing_lot(stage)
    return Preview(
        title=_("Umumkan undian tahap %s") % stage.name, button=_("Umumkan"), figures=_announced(stage, before),
        reason=why_not_or_whose(user, "lot.announce", LotTable(stage), now=now),
        for_good=_("Pengumuman dibaca semua orang pada halaman edisi dan tercatat dalam jurnal. Setelah waktunya tiba, "
                   "pengumuman tidak dapat diganti."), **_frame(stage),
    )  # fmt: skip


def draw_preview(stage: Stage, *, user, now: datetime) -> Preview:
    """What was announced; the seed and those present are typed beside the button."""
    lot = standing_lot(stage)
    return Preview(
        title=_("Catat benih undian tahap %s") % stage.name, button=_("Catat benih"), figures=_announced(stage, lot),
        reason=why_not_or_whose(user, "lot.draw", LotTable(stage), now=now) or _why_not_draw(stage, lot, now),
        for_good=_("Undian ditarik satu kali. Benihnya berlaku setelah disahkan orang lain yang hadir."), **_frame(stage),
    )  # fmt: skip


def sign_preview(stage: Stage, draw: LotDraw, *, user, now: datetime) -> Preview:
    """The seed and those present, as whoever signs saw them."""
    reason = why_not_or_whose(user, "lot.sign", LotTable(stage), now=now)
    if not reason and draw.by_id == user.pk:
        reason = _("Anda yang mencatat benih ini. Orang lain yang hadir mengesahkannya.")
    elif not reason and not is_present(user, draw.present):
        reason = _("Nama Anda tidak ada di antara yang hadir. Kembalikan catatan ini dengan alasan bila Anda hadir.")
    return Preview(
        title=_("Sahkan benih undian tahap %s") % stage.name, button=_("Sahkan benih"),
        figures=(
            *_announced(stage, draw.lot), (_("Benih"), draw.seed),
            (_("Dicatat"), f"{draw.by.name}, {spoken_instant(draw.at, stage.edition.zone)}"),
        ),
        lists=(names_shown(_("Yang hadir"), draw.present),), reason=reason,
        for_good=_("Benih yang disahkan menjadi bagian aturan yang dihitung dan dibekukan; tidak dapat diganti."),
        **_frame(stage),
    )  # fmt: skip


def _why_not_draw(stage: Stage, lot: Lot | None, now: datetime) -> str:
    if lot is None:
        return _("Undian ini belum diumumkan.")
    if standing_draw(stage) is not None:
        return _("Benih sudah ditarik; undian tidak ditarik dua kali.")
    if now < lot.draws_at:
        return _("Benih baru ditarik pada %s.") % spoken_instant(lot.draws_at, stage.edition.zone)
    return "" if values_are_fixed(stage) else _("Nilai tahap ini masih dapat berubah. Kunci tahap lebih dahulu.")


def _announced(stage: Stage, lot: Lot | None) -> tuple[tuple[str, str], ...]:
    chain = (_("Pemutus seri"), ", ".join(stage.rules.get("seri") or ()))
    if lot is None:
        return (chain, (_("Pengumuman"), _("belum ada")))
    zone = stage.edition.zone
    return (
        chain, (_("Benih diambil dari"), lot.source), (_("Ditarik pada"), spoken_instant(lot.draws_at, zone)),
        (_("Diumumkan"), f"{lot.by.name}, {spoken_instant(lot.at, zone)}"),
    )  # fmt: skip


def _frame(stage: Stage) -> dict:
    code = stage.edition.code
    return {"eyebrow": f"{stage.edition} · {stage.name}", "back": reverse("results:lot", args=[code, stage.code])}
