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


@dataclass(frozen=True)
class Origin:
    """One thing to begin with: an edition, or the text of a template."""

    label: str
    edition: Edition | None = None
    template: str = ""

    @property
    def text(self) -> str:
        return text_as_held(self.edition) if self.edition else self.template


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
    """Return an edition's text with the dates and holidays that held in the end; the text itself keeps those of its lock."""
    data, zone = load(edition.source, name="naskah"), ZoneInfo(edition.zone)
    dates: dict[Path, datetime | None] = {("pengumuman",): edition.announced_at}
    codes = [stage["kode"] for stage in data["tahap"]]
    for row in edition.stages.all():
        n = codes.index(row.code)
        dates |= {
            ("tahap", n, "mulai"): row.opens_at, ("tahap", n, "selesai"): row.closes_at,
            ("tahap", n, "verifikasi_sampai"): row.checks_until,
        }  # fmt: skip
    changes: dict[Path, object] = {path: _written(at, zone) for path, at in dates.items() if at}
    changes["libur",] = edition.rules.get("libur") or REMOVED
    return rewritten(edition.source, {path: new for path, new in changes.items() if _differs(data, path, new)})


def _differs(data, path: Path, new) -> bool:
    for step in path[:-1]:
        data = data[step]
    return data.get(path[-1], REMOVED) != new


def _written(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).strftime("%Y-%m-%d %H.%M")
