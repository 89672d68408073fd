"""What the pages of a stage's minutes show."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from sp2k.accounts.policy import why_not
from sp2k.base.language import of_record, spoken_date
from sp2k.base.pages.confirming import Preview, names_shown
from sp2k.editions.models import Stage
from sp2k.publication.checking.documents import require_minutes
from sp2k.publication.forms import MinutesForm
from sp2k.publication.issued.facts import today
from sp2k.publication.issued.minutes import MinutesFacts, lacking_in_minutes, minutes_pdf, minutes_text
from sp2k.publication.models import Minutes
from sp2k.results.queries import StageResult, standing_tally
from sp2k.results.turnout.reading import turnout_of
from sp2k.results.turnout.wording import emptiness_said, turnout_figure


def is_minuted(stage: Stage) -> bool:
    """Whether the stage is one that jurors or visitors judge: those have minutes of the panel."""
    return stage.kind in {Stage.Kind.SCORING, Stage.Kind.VISIT}


def minutes_form(stage: Stage, data=None, *, is_draft: bool = False) -> MinutesForm:
    """Return the form; the stage's own place is proposed."""
    is_again = Minutes.objects.filter(stage=stage).exists()
    return MinutesForm(data, place=stage.rules.get("tempat", ""), is_again=is_again, is_draft=is_draft)


def minutes_page(stage: Stage, *, user, now: datetime) -> dict:
    """Return the minutes made so far, and whether this person may make them."""
    require_minutes(stage.edition)
    return {
        "stage": stage, "edition": stage.edition, "turnout": turnout_of(stage),
        "rows": stage.minutes.select_related("document", "by").order_by("-revision"),
        "why_not_make": why_not(user, "minutes.make", StageResult(stage), now=now) or _why_not(stage),
    }  # fmt: skip


def minutes_preview(stage: Stage, *, user, now: datetime) -> Preview:
    """What the minutes will say, and what is still open in them."""
    turnout, reason = turnout_of(stage), _why_not(stage)
    figures = (turnout_figure(turnout),) if turnout else ()
    missing = [] if turnout is None else _still_open(stage, now)
    earlier = stage.minutes.last()
    notes = list(emptiness_said(turnout)) if turnout else []
    if earlier:
        notes.append(
            _("Menggantikan %(number)s tanggal %(day)s, yang tetap tersimpan.")
            % {"number": earlier.number, "day": spoken_date(earlier.signed_on)}
        )
    return Preview(
        title=_("Buat berita acara %s") % stage.name, eyebrow=str(stage.edition), figures=figures, reason=reason,
        lists=(names_shown(_("Masih terbuka dalam naskah"), missing),) if missing else (), notes=tuple(notes),
        draft=reverse("publication:minutes-draft", args=[stage.edition.code, stage.code]),
        for_good=_("Berita acara disegel dalam jurnal dengan nomor, tanggal, dan tempat ini, dan tidak diubah lagi."),
        button=_("Buat berita acara"), back=reverse("publication:minutes", args=[stage.edition.code, stage.code]),
    )  # fmt: skip


@of_record
def draft_minutes(stage: Stage, facts: MinutesFacts, *, now: datetime) -> bytes | None:
    """Return the draft as PDF, what is open marked in it; None before the count is frozen."""
    text = minutes_text(stage, facts, today=today(stage.edition, now), is_draft=True)
    return minutes_pdf(text) if text else None


@of_record
def _still_open(stage, now) -> list[str]:
    """What nobody types here: the seats without a holder. Number, date and place stand beside the button."""
    day = today(stage.edition, now)
    text = minutes_text(stage, MinutesFacts("1", day, "x"), today=day, is_draft=True)
    return [row.sentence for row in lacking_in_minutes(text)]


def _why_not(stage) -> str:
    return "" if standing_tally(stage) else _("Hitungan tahap %s belum dibekukan.") % stage.name
