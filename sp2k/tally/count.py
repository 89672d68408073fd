"""From marks to places: one stage, counted exactly. The result depends on rules and marks, never on their order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from sp2k.tally.accounts import Account, account_of, chain_values
from sp2k.tally.notes import excuses, notes_on
from sp2k.tally.numbers import exact_text, fixed_text
from sp2k.tally.places import CutTie, Placed, Standing, cut_at, place_standings
from sp2k.tally.sheets import Ledger, Mark, MarkError
from sp2k.tally.sheets.ledger import CARRIED_TOTAL
from sp2k.tally.stage_rules import StageRules
from sp2k.tally.stage_rules.model import NOT_JUDGED, TOTAL, WHOLE

SHARED = "seri"
AWAITS_SEED = "Undiannya menunggu benih: umumkanlah benih, catatlah pada kunci benih, lalu hitunglah lagi. "
# How many are named in a sentence about entries without a place, and about equals.
_SHOWN, _NAMED = 3, 10


@dataclass(frozen=True, slots=True)
class EntryResult:
    """One entry's place, or why it has none.

    Attributes
    ----------
    code, scope : str
        `scope` is where it is placed: its regency's code, or ``semua``.
    aspects : mapping from aspect code to its points, rounded as declared
    own, carried, total : Fraction or None
        None where there is no such value; `total` is rounded as declared, `total_text` is it as printed.
    place : int or None
    decided_by : str
        ``nilai``, the link of the chain that last separated it from an equal, ``seri`` when it shares its place though
        the chain is exhausted, "" without a place.
    sharing : tuple of str
        The codes at its place, its own among them; () without a place.
    is_through : bool or None
        None when no quota is declared. False for equals across the cut: `is_at_cut` tells them apart.
    reason : str
        Why it has no place, in Indonesian; "" if it has one.
    notes : tuple of str
        What a reader must know beside the number: who was absent, what was left out.
    """

    code: str
    scope: str
    aspects: Mapping[str, Fraction] = field(default_factory=dict)
    own: Fraction | None = None
    carried: Fraction | None = None
    total: Fraction | None = None
    total_text: str = ""
    place: int | None = None
    decided_by: str = ""
    sharing: tuple[str, ...] = ()
    is_through: bool | None = None
    is_at_cut: bool = False
    reason: str = ""
    notes: tuple[str, ...] = ()

    @property
    def tied_with(self) -> tuple[str, ...]:
        """The other codes at its place."""
        return tuple(code for code in self.sharing if code != self.code)


@dataclass(frozen=True)
class Count:
    """A counted stage. `results` stand by scope, place and code, those without a place last in their scope."""

    rules: StageRules
    results: tuple[EntryResult, ...]
    cut_ties: tuple[CutTie, ...]
    ledger: Ledger = field(repr=False, compare=False)

    @property
    def n_sheets(self) -> int:
        return self.ledger.n_sheets

    @property
    def n_placed(self) -> int:
        return sum(result.place is not None for result in self.results)

    @property
    def n_through(self) -> int:
        return sum(result.is_through is True for result in self.results)

    @property
    def why_through_is_undecided(self) -> str | None:
        """Return a sentence for every tie across a cut, or None: then who goes on is decided."""
        return " ".join(self._about_tie(tie) for tie in self.cut_ties) or None

    def _about_tie(self, tie: CutTie) -> str:
        total = next(result.total_text for result in self.results if result.code == tie.codes[0])
        chain = ", ".join(link.text for link in self.rules.chain)
        where = "" if tie.scope == WHOLE else f" {tie.scope}"
        return (
            f"Seri di batas lolos{where}: {_listed(tie.codes)} bernilai sama, {total.replace('.', ',')}, di tempat "
            f"{tie.place}, padahal kuota {tie.quota} hanya menyisakan {tie.seats_left} tempat. "
            + (f"Rantai pemutus seri ({chain}) sudah habis. " if chain else "Aturan tidak memuat pemutus seri. ")
            + (AWAITS_SEED if self.rules.awaits_seed else "")
            + "Seri itu harus diputus menurut aturan; tidak ada yang diloloskan menurut urutan."
        )


def count(rules: StageRules, marks: Iterable[Mark]) -> Count:
    """Count a stage.

    Parameters
    ----------
    rules : StageRules
    marks : iterable of (entry code, assessor, indicator code, value), all text, in any order; it is read once

    Returns
    -------
    Count

    Raises
    ------
    MarkError
        For a mark that cannot be counted, and for marks that are missing where the rules do not say what that means.
    """
    ledger = Ledger(rules)
    ledger.take(marks)
    return count_ledger(ledger)


def count_ledger(ledger: Ledger) -> Count:
    """Count what a ledger holds. Raises MarkError, about the whole, as `count` does."""
    rules, reasons = ledger.rules, _reasons_without_place(ledger)
    by_scope: dict[str, list[str]] = {}
    for code in sorted(rules.entries):
        by_scope.setdefault(rules.scope_of(code), []).append(code)
    results, ties = [], []
    for scope, codes in sorted(by_scope.items()):
        judged, tie = _count_scope(ledger, scope, [code for code in codes if code not in reasons])
        results += judged
        results += [_without_place(rules, scope, code, reasons[code]) for code in codes if code in reasons]
        ties += [tie] if tie else []
    return Count(rules, tuple(results), tuple(ties), ledger)


def _reasons_without_place(ledger: Ledger) -> dict[str, str]:
    """Return why some entries cannot be placed; refuse, naming them, unless the rules foresee it."""
    rules, reasons = ledger.rules, {}
    for code in sorted(rules.entries):
        if rules.instrument is None:
            if (rules.carry_over.stage, CARRIED_TOTAL) not in ledger.carried.get(code, {}):
                reasons[code] = f"tanpa nilai bawaan dari tahap {rules.carry_over.stage}"
        elif not ledger.sheets[code]:
            excused = ledger.excused.get(code, {})
            reasons[code] = f"tanpa lembar ({excuses(ledger, code)})" if excused else "tanpa lembar"
    if reasons and rules.on_no_sheet != NOT_JUDGED:
        shown = "; ".join(f"{code} {reason}" for code, reason in list(reasons.items())[:_SHOWN])
        more = f"; dan {len(reasons) - _SHOWN} lainnya" if len(reasons) > _SHOWN else ""
        raise MarkError(
            f"{len(reasons)} peserta tidak dapat dinilai: {shown}{more}. Kosong bukan nol: lengkapilah, atau "
            "nyatakanlah bila_tanpa_lembar: tidak_dinilai.",
            is_about_line=False,
        )
    return reasons


def _count_scope(ledger: Ledger, scope: str, codes: list[str]) -> tuple[list[EntryResult], CutTie | None]:
    judged, standings = {}, []
    for code in codes:
        # The account itself is let go: a hundred points for each of thousands of entries are soon counted again.
        account = account_of(ledger, code)
        judged[code] = _judged(ledger, scope, code, account)
        standings.append(Standing(code, account.total, chain_values(ledger, code, account)))
    placed, through, tie = place_standings(standings), None, None
    if ledger.rules.quota is not None:
        through, tie = cut_at(placed, ledger.rules.quota.of(scope), scope=scope)
    at_cut = tie.codes if tie else ()
    results = [
        replace(
            judged[entry.code],
            place=entry.place,
            decided_by=_decided_by(ledger.rules, entry),
            sharing=entry.sharing,
            is_through=None if through is None else entry.code in through,
            is_at_cut=entry.code in at_cut,
        )
        for entry in placed
    ]
    return results, tie


def _judged(ledger: Ledger, scope: str, code: str, account: Account) -> EntryResult:
    aspects = account.tree.aspects if account.tree else {}
    return EntryResult(
        code=code,
        scope=scope,
        aspects={aspect_code: aspect.rounded for aspect_code, aspect in aspects.items()},
        own=account.own,
        carried=account.carried,
        total=account.total,
        total_text=total_text(ledger.rules, account.total),
        notes=notes_on(ledger, code, account),
    )


def _without_place(rules: StageRules, scope: str, code: str, reason: str) -> EntryResult:
    return EntryResult(code, scope, is_through=None if rules.quota is None else False, reason=reason)


def total_text(rules: StageRules, total: Fraction) -> str:
    """Write a total as it is printed: with the declared decimals, or exactly where the total is not rounded."""
    return exact_text(total) if rules.rounding.total is None else fixed_text(total, rules.rounding.total)


def _decided_by(rules: StageRules, placed: Placed) -> str:
    if len(placed.sharing) > 1:
        return SHARED
    return TOTAL if placed.link is None else rules.chain[placed.link].text


def _listed(codes: tuple[str, ...]) -> str:
    if len(codes) > _NAMED:
        return f"{', '.join(codes[:_NAMED])}, dan {len(codes) - _NAMED} lainnya"
    return f"{', '.join(codes[:-1])} dan {codes[-1]}"
