"""What titles, decision, decree and announcement will do, shown before each is done for good."""

from collections.abc import Callable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from sp2k.base.language import spoken_date, spoken_instant
from sp2k.base.pages.confirming import Names, Preview, names_shown
from sp2k.base.wording import number_in_words
from sp2k.editions.models import Edition
from sp2k.publication.checking.opening import require_decided
from sp2k.publication.deciding.page import titles_of
from sp2k.publication.deciding.preparing import still_open
from sp2k.publication.deciding.route import Standing, next_act, standing_of, ways_without_titles
from sp2k.publication.issued.overtaken import overtaken_minutes
from sp2k.publication.queries import amendments_in_force
from sp2k.results.ties.told import orders_said
from sp2k.results.turnout.reading import turnouts_of
from sp2k.results.turnout.wording import emptiness_said, turnout_figure

ADDRESSES = {
    "titles": "publication:decision-titles", "decide": "publication:decision-decide",
    "decree": "publication:decision-decree", "publish": "publication:decision-publish",
}  # fmt: skip


def titles_preview(here: Standing, reason: str, now: datetime) -> Preview:
    """Which title goes to whom."""
    return Preview(
        title=_("Beri gelar"), button=_("Beri gelar"), figures=_counted(here), lists=_titles(here), reason=reason,
        notes=_order(here), ways=ways_without_titles(here),
        for_good=_("Setiap gelar diberikan kepada pemegang tempatnya. Tidak ada yang dipilih tangan, dan gelar diberikan "
                   "satu kali."), **_frame(here),
    )  # fmt: skip


def decide_preview(here: Standing, reason: str, now: datetime) -> Preview:
    """What is sealed, and on whose yes."""
    approvals = here.result_approvals
    yes = [said for asked in approvals.asked for said in asked.agreed] if approvals else []
    agreed = (names_shown(_("Yang sudah menyetujui"), yes),) if yes else ()
    is_yours = approvals is not None and bool(approvals.mine)
    yours = (_("Bila Anda yang menekannya, itu sekaligus persetujuan Anda."),) if is_yours else ()
    return Preview(
        title=_("Tetapkan hasil"), button=_("Tetapkan hasil"), figures=_counted(here), lists=(*_titles(here), *agreed),
        notes=(*_order(here), *_emptiness(here), *yours),
        reason=reason,
        for_good=_("Hasil disegel dalam jurnal dan tidak dapat diubah lagi."), **_frame(here),
    )  # fmt: skip


def decree_preview(here: Standing, reason: str, now: datetime) -> Preview:
    """What the decree will say, and what is still open in it; the facts of the day are typed beside the button."""
    told = (_("Isi naskah dibuat dari hitungan yang dibekukan; yang diketik hanya fakta hari itu."),)
    missing = [] if reason else [row.sentence for row in still_open(here.edition, now=now)]
    to_fill = (names_shown(_("Masih terbuka dalam naskah"), missing),) if missing else ()
    if missing and here.edition.is_sample and not overtaken_minutes(here.edition):
        told += (_("Dalam data contoh keputusan boleh dibuat dengan yang terbuka itu; di luar itu ditolak."),)
    return Preview(
        title=_("Buat keputusan"), button=_("Buat keputusan"), figures=_counted(here), lists=(*_titles(here), *to_fill),
        reason=reason, notes=(*told, *_order(here), *_emptiness(here)),
        draft=reverse("publication:decision-draft", args=[here.edition.code]),
        for_good=_("Keputusan dibuat satu kali, dengan nomor, tanggal, dan fakta ini. Kekeliruannya dibetulkan dengan "
                   "keputusan pembetulan, tidak dengan mengubahnya."), **_frame(here),
    )  # fmt: skip


def publish_preview(here: Standing, reason: str, now: datetime) -> Preview:
    """What becomes public at once."""
    decree, zone = here.decree, here.edition.zone
    named = [(_("Keputusan"), f"{decree.number}, {spoken_date(decree.signed_on)}")] if decree else []
    if here.edition.announced_at and now < here.edition.announced_at:
        named.append((_("Embargo sampai"), spoken_instant(here.edition.announced_at, zone)))
    further = [f"{row.number}, {spoken_date(row.signed_on)}" for row in amendments_in_force(here.edition)] if decree else []
    amended = (names_shown(_("Pembetulan yang ikut terbit"), further),) if further else ()
    return Preview(
        title=_("Terbitkan hasil"), button=_("Terbitkan hasil"), figures=(*named, *_counted(here)),
        lists=(*amended, *_titles(here)), reason=reason,
        for_good=_("Halaman hasil, tabel, dan naskah keputusan terbuka bagi umum saat itu juga, dan tidak dapat ditarik "
                   "kembali."), **_frame(here),
    )  # fmt: skip


PREVIEWS: dict[str, Callable[[Standing, str, datetime], Preview]] = {
    "titles": titles_preview, "decide": decide_preview, "decree": decree_preview, "publish": publish_preview,
}  # fmt: skip


def preview_of(name: str, edition: Edition, *, user, now: datetime) -> Preview:
    """Return what one act of the decision will do, as it stands now."""
    require_decided(edition)
    here = standing_of(edition, user=user)
    return PREVIEWS[name](here, _why_not_now(name, here, user, now), now)


def _why_not_now(name: str, here: Standing, user, now) -> str:
    """The act that comes next says itself why it cannot be done; another one has passed or has not come."""
    following = next_act(here, user=user, now=now)
    if following and following.name == ADDRESSES[name]:
        return following.reason
    done = {"titles": here.awards, "decide": here.decision, "decree": here.decree, "publish": here.publication}[name]
    if done:
        return _("Ini sudah dilakukan. Kembali ke halaman keputusan untuk melihatnya.")
    return _("Belum waktunya: %s lebih dahulu.") % following.label if following else _("Hasil sudah diumumkan.")


def _frame(here: Standing) -> dict:
    code = here.edition.code
    return {"eyebrow": str(here.edition), "back": reverse("publication:decision", args=[code])}


def _counted(here: Standing) -> tuple[tuple[str, str], ...]:
    tally = here.tally
    if tally is None:
        return ()
    return (
        *(turnout_figure(row) for row in turnouts_of(here.edition)),
        (_("Lembar yang dihitung"), number_in_words(tally.n_sheets)),
        (_("Hitungan dibekukan"), spoken_instant(tally.frozen_at, here.edition.zone)),
    )


def _emptiness(here: Standing) -> tuple[str, ...]:
    """Each empty seat with its effect: what whoever consents has to know."""
    return tuple(sentence for row in turnouts_of(here.edition) for sentence in emptiness_said(row))


def _order(here: Standing) -> tuple[str, ...]:
    """How equals came to their places or went on, where the marks did not say it: in every stage."""
    return tuple(orders_said(here.edition)) if here.tally else ()


def _titles(here: Standing) -> tuple[Names, ...]:
    told = [
        row.ungiven or (
            f"{row.title}: {row.holder.participation.entry}" if row.holder else _("%s: belum ada pemegangnya") % row.title
        )
        for row in titles_of(here)
    ]
    return (names_shown(_("Gelar"), told),) if told else ()
