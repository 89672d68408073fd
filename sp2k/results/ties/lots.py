"""The lot at the end of a chain: announced, drawn in presence, signed; then its seed is one of the rules that are counted."""

from collections.abc import Sequence
from dataclasses import dataclass

from sp2k.accounts.roles import Role
from sp2k.editions.models import Edition, Stage
from sp2k.results.models import Lot, LotDraw
from sp2k.results.ties.groups import chairs_of
from sp2k.tally.stage_rules.model import LOT


@dataclass(frozen=True)
class LotTable:
    """The lot of one stage as the object of the acts that announce, draw and sign it."""

    stage: Stage

    @property
    def edition(self) -> Edition:
        return self.stage.edition

    @property
    def region_code(self) -> str:
        return self.stage.region_code

    @property
    def chairs(self) -> list:
        """Who sits in the chair of the panel and signs; where nobody does, another of the bureau signs."""
        return chairs_of(self.stage)

    def is_signer(self, user) -> bool:
        """Whether this person signs that the seed was drawn so: the chair, or the bureau where the panel has none."""
        chairs = self.chairs
        if chairs:
            return user.pk in {chair.pk for chair in chairs}
        return user.reaches({Role.BUREAU}, self.region_code)


def is_present(user, present: Sequence[str]) -> bool:
    """Whether a person is among those written down as present, with or without an office beside the name."""
    return any(user.name.casefold() in line.casefold() for line in present)


def declares_lot(stage: Stage) -> bool:
    return LOT in (stage.rules.get("seri") or ())


def standing_lot(stage: Stage) -> Lot | None:
    """Return the announcement in force, or None."""
    return stage.lots.filter(replaced_at=None).select_related("by").first()


def standing_draw(stage: Stage) -> LotDraw | None:
    """Return the draw that was written down and not sent back, signed or not."""
    rows = LotDraw.objects.filter(lot__stage=stage, lot__replaced_at=None, returned_at=None)
    return rows.select_related("lot", "by", "signed_by").first()


def signed_draw(stage: Stage) -> LotDraw | None:
    """Return the draw whose seed counts: written down by one, signed by another."""
    draw = standing_draw(stage) if declares_lot(stage) else None
    return draw if draw and draw.signed_at else None


def drawn_seed(stage: Stage) -> str:
    """Return the seed that the count takes besides the locked rules; "" while none is signed or the rules hold one."""
    draw = None if stage.rules.get("benih") else signed_draw(stage)
    return draw.seed if draw else ""


def awaits_lot(stage: Stage) -> bool:
    """Whether the rules declare a lot whose seed is not known yet."""
    return declares_lot(stage) and not stage.rules.get("benih") and not drawn_seed(stage)


def values_are_fixed(stage: Stage) -> bool:
    """Whether nobody can change any more what the lot is added to: a seed drawn earlier could steer marks."""
    if stage.kind != Stage.Kind.SELECTION:
        return stage.is_locked
    source = (stage.rules.get("bawaan") or {}).get("tahap")
    return stage.is_locked or stage.edition.stages.filter(code=source, locked_at__isnull=False).exists()


def draw_content(draw: LotDraw) -> dict:
    """Return what the commitment of a draw is to: an opener holds the row against its line with it."""
    return lot_content(draw.lot.stage, draw.seed, draw.present)


def lot_content(stage: Stage, seed: str, present: list[str]) -> dict:
    return {"edition": stage.edition.code, "stage": stage.code, "seed": seed, "present": present}


def lots_of(edition: Edition) -> list[tuple[Stage, Lot | None, LotDraw | None]]:
    """Return the stages that declare a lot, each with its announcement and its signed draw: what anybody may read."""
    stages = [stage for stage in edition.stages.all() if declares_lot(stage)]
    return [(stage, standing_lot(stage), signed_draw(stage)) for stage in stages]
