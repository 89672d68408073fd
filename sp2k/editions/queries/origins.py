"""What a new edition can be made from: the shipped templates, and every edition the viewer may know of."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from sp2k.base.exactyaml import load
from sp2k.editions.drafts.rewriting import REMOVED, Path, rewritten
from sp2k.editions.drafts.shelf import shipped_templates
from sp2k.editions.models import Edition
from sp2k.editions.queries import editions_visible_to
from sp2k.regions.queries import code_of_today, regions_listed_as


@dataclass(frozen=True)
class Origin:
    """One thing to begin with: an edition, or the text of a template."""

    label: str
    edition: Edition | None = None
    template: str = ""

    @property
    def text(self) -> str:
        return text_as_held(self.edition) if self.edition else self.template

    @property
    def is_as_announced(self) -> bool:
        """Whether the text bears the dates of the lock of the rules, because those that held follow no order."""
        return self.edition is not None and not dates_in_order(self.edition)


def origins_for(user) -> dict[str, Origin]:
    """Return what can be copied by a key that a form can send back: editions first, the newest before the older."""
    found = {
        f"salinan:{edition.code}": Origin(_("Salinan %(edition)s") % {"edition": edition}, edition=edition)
        for edition in editions_visible_to(user)
    }
    for code, template in shipped_templates().items():
        told = {"name": template.file.short_name, "region": template.file.organiser, "year": template.file.year}
        label = _("Templat %(name)s %(year)s, %(region)s") % told
        found[f"templat:{code}"] = Origin(label, template=template.text)
    return found


def text_as_held(edition: Edition) -> str:
    """Return an edition's text with the dates and holidays that held in the end, and the codes of today's list of regions.

    The text itself keeps the dates of its lock, and the codes of the list that it stands on. Where a stage was locked early
    and the next one opened before its end, the dates that held make no calendar, and those of the lock stand.
    """
    data, zone = load(edition.source, name="naskah"), ZoneInfo(edition.zone)
    dates: dict[Path, datetime | None] = {("pengumuman",): edition.announced_at}
    codes = [stage["kode"] for stage in data["tahap"]]
    is_ordered = dates_in_order(edition)
    dates = dates if is_ordered else {}
    for row in edition.stages.all() if is_ordered else ():
        n = codes.index(row.code)
        dates |= {
            ("tahap", n, "mulai"): row.opens_at, ("tahap", n, "selesai"): row.closes_at,
            ("tahap", n, "verifikasi_sampai"): row.checks_until,
        }  # fmt: skip
    changes: dict[Path, object] = {path: _written(at, zone) for path, at in dates.items() if at}
    changes["libur",] = edition.rules.get("libur") or REMOVED
    changes |= _codes_of_today(edition, data)
    return rewritten(edition.source, {path: new for path, new in changes.items() if _differs(data, path, new)})


def dates_in_order(edition: Edition) -> bool:
    """Return whether the stages' dates as they held follow one another up to the announcement, as a file's must."""
    stages = list(edition.stages.all())
    ends = [max(stage.closes_at, stage.checks_until or stage.closes_at) for stage in stages]
    opens = [*(stage.opens_at for stage in stages[1:]), edition.announced_at]
    return all(opening is None or end <= opening for end, opening in zip(ends, opens, strict=True))


def _codes_of_today(edition: Edition, data) -> dict[Path, object]:
    """The same regions by the codes of today; one that went on as another is that one, one that ended is left out."""
    desa = data.get("desa") or {}
    at, written = edition.regions_at, {code for codes in desa.values() for code in codes or ()}
    listed = regions_listed_as(written, at=at)
    today = {code: found for code, region in listed.items() if (found := code_of_today(region))}
    changes: dict[Path, object] = {
        ("desa", key): [today[code] for code in codes if code in today] or REMOVED for key, codes in desa.items() if codes
    }
    own = code_of_today(edition.region)
    return changes | ({("wilayah",): own} if own else {})


def _differs(data, path: Path, new) -> bool:
    for step in path[:-1]:
        data = data[step]
    return data.get(path[-1], REMOVED) != new


def _written(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).strftime("%Y-%m-%d %H.%M")
