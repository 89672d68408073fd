"""How a final score is made of the stages' values, in words: what a stage carries is a total, which may carry in its turn."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sp2k.base.language import spoken_count
from sp2k.base.wording import number_in_words
from sp2k.editions.models import Stage


def heading_of(stage: Stage, last: Stage) -> str:
    """Return the title of a stage's column: its name, whether what it carried is within, and its share of the final score."""
    name = _("%s, dengan nilai bawaan") % stage.name if shows_carried(stage, last) else stage.name
    share = _share(stage, last)
    return f"{name} ({share})" if share else name


def shows_carried(stage: Stage, last: Stage) -> bool:
    """Whether a stage's column holds a total with what it carried in it: of the last stage the final score holds that."""
    return stage.code != last.code and _adds(stage)


def adds_up(last: Stage, shown: dict[str, bool]) -> bool:
    """Whether the last stage's own score and the total that it carries both stand in the table."""
    return shown[last.code] and _adds(last) and shown.get(_carry(last)["tahap"], False)


def formula_of(last: Stage, every: Sequence[Stage]) -> str:
    """Return how the final score is made, and after it how each carried total is that carries another itself."""
    names = {stage.code: stage for stage in every}
    said = [_("Nilai akhir = %s.") % _sum(last, names, own=_own_of_last(last))]
    said += [
        _("Nilai %(stage)s memuat bawaannya: %(sum)s.")
        % {"stage": stage.name.lower(), "sum": _sum(stage, names, own=_("nilai tahap itu sendiri"))}
        for stage in _carried_further(last, names)
    ]
    return " ".join(said)


def _own_of_last(last: Stage) -> str:
    name = last.name.lower()
    return name if _carry(last).get("cara") == "bobot" else _("nilai %s") % name


def _carried_further(last: Stage, names: dict[str, Stage]) -> Iterator[Stage]:
    """The stages down the chain of carry-over whose total is made of another stage's too."""
    stage = last
    while _adds(stage):
        stage = names[_carry(stage)["tahap"]]
        if _adds(stage):
            yield stage


def _sum(stage: Stage, names: dict[str, Stage], *, own: str) -> str:
    """A stage's total: what it carries, with its weight, and its own score."""
    carry, decimals = _carry(stage), stage.rules.get("bulat", {}).get("nilai")
    rounded = _rounded(int(decimals)) if decimals is not None else ""
    if not _adds(stage):
        return f"{own}{rounded}"
    carried = names[carry["tahap"]].name.lower()
    if carry["cara"] == "bobot":
        return f"{_percent(carry['bobot'])} {carried} + {_percent(carry['bobot_tahap'])} {own}{rounded}"
    weight = Decimal(str(carry.get("bobot", 1)))
    added = carried if weight == 1 else f"{_percent(weight)} {carried}"
    if stage.rules["sumber"] == "bawaan":
        return _("nilai %s") % added + rounded
    return f"{own} + {added}{rounded}"


def _carry(stage: Stage) -> dict:
    return stage.rules.get("bawaan") or {}


def _adds(stage: Stage) -> bool:
    """Whether what a stage carries is counted in its total; in the place of it (`ganti`) it only parts equals."""
    return _carry(stage).get("cara") in ("bobot", "tambah")


def _share(stage: Stage, last: Stage) -> str:
    carry = _carry(last)
    if carry.get("cara") != "bobot":
        return ""
    if stage.code == last.code:
        return _percent(carry["bobot_tahap"])
    return _percent(carry["bobot"]) if stage.code == carry["tahap"] else ""


def _percent(weight) -> str:
    return f"{number_in_words((Decimal(str(weight)) * 100).normalize().__format__('f'))}%"


def _rounded(n: int) -> str:
    text = ngettext(", dibulatkan %s angka di belakang koma", ", dibulatkan %s angka di belakang koma", n)
    return text % spoken_count(n)
