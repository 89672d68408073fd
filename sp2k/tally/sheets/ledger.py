"""All that came in for a stage, kept small: marks, who was absent, carried values, findings.

A province's six seats make thousands of marks, a country's millions. Each sheet is therefore an array of small numbers
that point into its indicator's list of distinct marks.
"""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from sp2k.tally.sheets.columns import Column
from sp2k.tally.sheets.marks import ABSENT, EMPTY, NOT_APPLICABLE, RECUSED, Mark, MarkError, read_exact
from sp2k.tally.stage_rules.model import StageRules

CARRIED, FINDING, WHOLE_SHEET = "tahap:", "temuan:", ("", "*")
CARRIED_TOTAL, CARRIED_ASPECT = "nilai", "aspek:"


@dataclass(frozen=True)
class Finding:
    """A visitor's verdict on one claim."""

    assessor: str
    verdict: str


class Ledger:
    """All that came in for a stage, by entry.

    Attributes
    ----------
    sheets : entry code -> assessor -> array of tokens, one an indicator, in the order of `columns`
    excused : entry code -> assessor -> ABSENT or RECUSED
    carried : entry code -> (stage, "nilai" or "aspek:X") -> value; what is written as kosong has none
    findings : entry code -> claim -> Finding
    effects : (scope, position of a column) -> assessor -> effect in points, as far as they have been worked out
    """

    def __init__(self, rules: StageRules):
        scored = [i for i in rules.instrument.indicators if i.is_scored] if rules.instrument else []
        self.rules = rules
        self.columns = tuple(Column(rules, indicator, position) for position, indicator in enumerate(scored))
        self.sheets: dict[str, dict[str, array]] = {code: {} for code in rules.entries}
        self.excused: dict[str, dict[str, str]] = {}
        self.carried: dict[str, dict[tuple[str, str], Fraction]] = {}
        self.findings: dict[str, dict[str, Finding]] = {}
        self.effects: dict[tuple[str, int], dict[str, Fraction]] = {}
        self._scopes: dict[str, list[str]] = {}
        self._empty: set[tuple[str, str, str]] = set()
        self._recorded = {i.code for i in rules.instrument.indicators if not i.is_scored} if rules.instrument else set()
        self._by_code = {column.indicator.code: column for column in self.columns}
        self._seats = frozenset(rules.assessors)

    @property
    def n_sheets(self) -> int:
        return sum(len(sheets) for sheets in self.sheets.values())

    def judged_in(self, scope: str) -> list[str]:
        """Return the entries of a scope that have at least one sheet, by code."""
        if not self._scopes:
            for code in sorted(self.rules.entries):
                self._scopes.setdefault(self.rules.scope_of(code), []).append(code)
        return [code for code in self._scopes.get(scope, ()) if self.sheets[code]]

    def take(self, marks: Iterable[Mark]) -> None:
        """Take in marks. What has been seen before goes the short way; the rest is looked at closely.

        Raises
        ------
        MarkError
            About the mark last taken: unknown entry, seat or indicator, an illegal mark, one given twice.
        """
        sheets, columns = self.sheets, {code: (c.position, c.tokens) for code, c in self._by_code.items()}
        for code, assessor, indicator, text in marks:
            try:
                position, tokens = columns[indicator]
                token = tokens[text]
                sheet = sheets[code][assessor]
            except KeyError:
                self._take_one(code.strip(), assessor.strip(), indicator.strip(), text.strip())
                continue
            if sheet[position]:
                raise _given_twice(code, assessor, indicator)
            sheet[position] = token

    def _take_one(self, code: str, assessor: str, indicator: str, text: str) -> None:
        if code not in self.sheets:
            raise MarkError(f'"{code[:40]}" tidak ada dalam daftar peserta tahap ini.')
        if assessor.startswith(CARRIED):
            self._take_carried(code, assessor.removeprefix(CARRIED), indicator, text)
        elif assessor not in self._seats:
            raise MarkError(self._about_seat(assessor))
        elif indicator.startswith(FINDING):
            self._take_finding(code, assessor, indicator.removeprefix(FINDING), text)
        elif indicator in WHOLE_SHEET:
            self._take_excuse(code, assessor, text)
        elif indicator in self._recorded and text.lower() in (EMPTY, NOT_APPLICABLE):
            self._note_empty(code, assessor, indicator)
        elif indicator not in self._by_code:
            raise MarkError(f'indikator "{indicator[:40]}" tidak ada pada instrumen tahap ini, atau tidak dinilai.')
        else:
            self._take_mark(code, assessor, self._by_code[indicator], text)

    def _about_seat(self, assessor: str) -> str:
        if not self._seats:
            return "tahap ini tidak mempunyai penilai; hanya nilai bawaan (penilai tahap:KODE) yang diterima."
        return f'penilai "{assessor[:40]}" tidak ada dalam aturan; yang ada: {", ".join(self.rules.assessors)}.'

    def _take_mark(self, code: str, assessor: str, column: Column, text: str) -> None:
        try:
            token = column.tokens.get(text) or column.token_of(text)
        except MarkError as error:
            raise MarkError(f"{code}, penilai {assessor}, {column.indicator.code}: {error.sentence}") from None
        sheet = self.sheets[code].get(assessor)
        if sheet is None:
            if assessor in self.excused.get(code, {}):
                raise _absent_but_marked(code, assessor)
            sheet = self.sheets[code][assessor] = array("I", bytes(array("I").itemsize * len(self.columns)))
        if sheet[column.position]:
            raise _given_twice(code, assessor, column.indicator.code)
        sheet[column.position] = token

    def _take_excuse(self, code: str, assessor: str, text: str) -> None:
        state = text.lower()
        if state not in (ABSENT, RECUSED):
            raise MarkError(f"kolom indikator kosong; itu hanya untuk {ABSENT} dan {RECUSED}, bukan \"{text[:40]}\".")
        if assessor in self.sheets[code]:
            raise _absent_but_marked(code, assessor)
        if assessor in self.excused.setdefault(code, {}):
            raise MarkError(f"keterangan penilai {assessor} untuk {code} sudah ada pada baris lain.")
        self.excused[code][assessor] = state

    def _take_carried(self, code: str, stage: str, part: str, text: str) -> None:
        if stage not in self.rules.carried_stages:
            raise MarkError(f'aturan tahap ini tidak memakai nilai bawaan dari tahap "{stage[:40]}".')
        if not _is_carried_part(part):
            raise MarkError(f'nilai bawaan hanya "{CARRIED_TOTAL}" atau "{CARRIED_ASPECT}KODE", bukan "{part[:40]}".')
        values = self.carried.setdefault(code, {})
        if (stage, part) in values or (code, CARRIED + stage, part) in self._empty:
            raise _given_twice(code, CARRIED + stage, part)
        if text.lower() == EMPTY:
            self._note_empty(code, CARRIED + stage, part)
        else:
            values[stage, part] = read_exact(text.replace(",", ".", 1))

    def _note_empty(self, code: str, assessor: str, item: str) -> None:
        """Remember what was written as empty and enters nothing, so that it is not written twice."""
        if (code, assessor, item) in self._empty:
            raise _given_twice(code, assessor, item)
        self._empty.add((code, assessor, item))

    def _take_finding(self, code: str, assessor: str, claim: str, verdict: str) -> None:
        if not self.rules.findings:
            raise MarkError("aturan tahap ini tidak memakai temuan.")
        if not claim.strip():
            raise MarkError("klaim tidak disebut; tulislah temuan:KLAIM.")
        if verdict not in self.rules.findings:
            raise MarkError(f'temuan "{verdict[:40]}" tidak dikenal; yang ada: {", ".join(self.rules.findings)}.')
        findings = self.findings.setdefault(code, {})
        if claim in findings:
            raise MarkError(f"klaim {claim} untuk {code} sudah ada temuannya, dari {findings[claim].assessor}.")
        findings[claim] = Finding(assessor, verdict)


def _is_carried_part(part: str) -> bool:
    return part == CARRIED_TOTAL or (part.startswith(CARRIED_ASPECT) and part != CARRIED_ASPECT)


def _given_twice(code: str, assessor: str, indicator: str) -> MarkError:
    return MarkError(f"nilai {indicator} untuk {code} dari {assessor} tertulis dua kali; hapuslah salah satu.")


def _absent_but_marked(code: str, assessor: str) -> MarkError:
    return MarkError(f"penilai {assessor} dicatat {ABSENT} atau {RECUSED} untuk {code}, tetapi juga memberi nilai.")
