"""What several acts of closing ask first, each refused with its sentence."""

from sp2k.accounts.policy import require
from sp2k.base.refusals import Refused
from sp2k.editions.holding import held_stage
from sp2k.editions.models import Stage
from sp2k.editions.queries import missing_approvals
from sp2k.results.closing import RegencyDesk, regencies_in
from sp2k.results.freezing import count_stage
from sp2k.results.opening import refuse_changed_answers
from sp2k.results.queries import standing_tally
from sp2k.results.ties.groups import Tie, ties_of, way_in_words
from sp2k.results.ties.lots import awaits_lot


def tally_to_use(stage):
    tally = standing_tally(stage)
    if tally is None:
        raise Refused(f"Hitungan tahap {stage.name} belum dibekukan. Bekukan hitungan lebih dahulu.")
    return tally


def refuse_ties_at_the_cut(tally):
    """Stop an act that lets entries go on while equals straddle the cut; the sentence says how the tie is ended."""
    tied = [tie for tie in ties_of(tally) if tie.seats is not None]
    if tied:
        names = "; ".join(f"{row.participation.entry} ({row.total.replace('.', ',')})" for row in tied[0].placements)
        more = f" Ada {len(tied) - 1} seri lain di batas." if len(tied) > 1 else ""
        raise Refused(f"Seri di batas lolos tahap {tally.stage.name}: {names}. Aturan pemutus seri sudah habis, jadi "
                      f"tidak ada yang maju sebelum seri itu diputus: {way_out(tied[0])}.{more}")  # fmt: skip


def refuse_tie_that_awaits_its_lot(stage, *, scope=""):
    """Stop a count that would be frozen with a tie that the declared lot is there to end: frozen, it stays a tie."""
    if not awaits_lot(stage):
        return
    counted, _rules, _marks = count_stage(stage, scope=scope)
    if n := _n_tied(stage, counted, scope):
        raise Refused(
            f"{n} peserta tahap {stage.name} bernilai sama di tempat yang menentukan, dan aturan memutusnya dengan undian. "
            "Umumkan asal benih dan waktunya, tarik di hadapan yang disebut, sahkan, lalu ulangi."
        )


def _n_tied(stage, counted, scope) -> int:
    """How many share a place across the cut, or a place with a title where this count gives titles."""
    at_cut = {code for tie in counted.cut_ties for code in tie.codes}
    gives_titles = not scope and stage.next_stage is None
    titled = set(stage.edition.titles.values_list("place", flat=True)) if gives_titles else set()
    shared = {
        row.code
        for row in counted.results
        if len(row.sharing) > 1 and titled & set(range(row.place, row.place + len(row.sharing)))
    }
    return len(at_cut | shared)


def way_out(tie: Tie) -> str:
    """Say how this tie can be ended, and by whom."""
    ways = " atau ".join(way_in_words(way) for way in tie.ways)
    if tie.is_of_regency:
        return f"{ways}, diusulkan kabupaten/kota dan diputus verifikatornya"
    return f"{ways}, diusulkan penyelenggara dan diputus ketua panel"


def refuse_missing_approvals(edition, act, subject, by):
    if missing := missing_approvals(edition, act, subject, also=by):
        raise Refused(f"Persetujuan belum lengkap: {'; '.join(missing)}.")


def held_desk(desk: RegencyDesk, action: str, *, by, now) -> RegencyDesk:
    """The desk as it stands now, for whoever may act there: a regency of this edition, in a selection."""
    stage, regency = held_stage(desk.stage), desk.regency
    desk = RegencyDesk(stage, regency)
    require(by, action, desk, now=now)
    if stage.kind != Stage.Kind.SELECTION:
        raise Refused(f"Tahap {stage.name} bukan tahap {Stage.Kind.SELECTION.label.lower()}.")
    if not regencies_in(stage.edition).filter(pk=regency.pk).exists():
        raise Refused(f"{desk.name} tidak mempunyai kecamatan peserta dalam edisi ini.")
    refuse_changed_answers(stage, f"Tindakan {desk.name}")
    return desk
