"""From an answer form to exact points. It never refuses an answer: what cannot be read is noted beside the result."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from sp2k.tally.instrument import FULL, LEAVE, NONE, Aspect, Indicator, Instrument
from sp2k.tally.kinds.form import ZERO, AspectForm, evidence_key
from sp2k.tally.numbers import exact_text, fixed_text
from sp2k.tally.tree import TreeTotal, tree_total

ANSWERS, EVIDENCE = "isian", "bukti"


@dataclass(frozen=True, slots=True)
class Score:
    """The exact result of one form.

    Attributes
    ----------
    points : dict
        Exact points by indicator code, in the order of the instrument; None: left out, or only recorded.
    tree : TreeTotal
    category : str or None
    unknown : tuple of str
        Keys of the form that the instrument does not know: ``A.ind_99``, or ``Z`` for a whole aspect.
    notes : tuple of str
        What could not be read or was left out, each an Indonesian sentence that names its place.
    """

    instrument: Instrument
    points: dict[str, Fraction | None]
    tree: TreeTotal
    category: str | None
    unknown: tuple[str, ...]
    notes: tuple[str, ...]


def score(instrument: Instrument, answers: Mapping[str, object], *, traits: Iterable[str] | None = None) -> Score:
    """Score one form.

    Parameters
    ----------
    instrument : Instrument
    answers : mapping from aspect code to ``{"isian": {key: value}, "bukti": [key, ...]}``
        An aspect left out is an empty form. Values are what JSON can hold, numbers as int or Decimal.
    traits : iterable of str, optional
        What is true of the entry: kabupaten, kota, ada_desa. None: nothing is known, every indicator applies.

    Raises
    ------
    TypeError
        Only for a float among the values: parse JSON with ``parse_float=Decimal``.
    """
    traits = None if traits is None else frozenset(traits)
    points: dict[str, Fraction | None] = {}
    unknown: list[str] = []
    notes: list[str] = []
    for aspect in instrument.aspects:
        form = _aspect_form(aspect, answers.get(aspect.code), unknown)
        for code, scored in aspect.scorers:
            points[code] = scored(form)
        if traits is not None:
            points.update(_where_it_does_not_apply(aspect, traits))
        if form.notes:
            notes.extend(f"{aspect.code}.{note}" for note in form.notes)
    unknown.extend(str(code) for code in answers if code not in instrument.aspect_codes)
    tree = tree_total(instrument, points)
    notes.extend(_notes_on_left_out(instrument, tree))
    return Score(instrument, points, tree, _category(instrument, tree), tuple(unknown), tuple(notes))


def _where_it_does_not_apply(aspect: Aspect, traits: frozenset[str]) -> dict[str, Fraction | None]:
    instead = {LEAVE: lambda indicator: None, NONE: lambda indicator: ZERO, FULL: lambda indicator: indicator.maximum}
    return {
        indicator.code: instead[indicator.otherwise](indicator)
        for indicator in aspect.indicators
        if not indicator.applies(traits)
    }


def _aspect_form(aspect: Aspect, given: object, unknown: list[str]) -> AspectForm:
    """Read one aspect's part of the answers, as far as it can be read, and list the keys nobody asks for."""
    part = given if isinstance(given, Mapping) else {}
    values, accepted = part.get(ANSWERS), part.get(EVIDENCE)
    values_read = values if isinstance(values, Mapping) else {}
    evidence = accepted if isinstance(accepted, list | tuple) else []
    try:
        form = AspectForm(values_read, [key.strip().lower() for key in evidence])
    except AttributeError:
        evidence = [key for key in evidence if isinstance(key, str)]
        form = AspectForm(values_read, map(evidence_key, evidence))
        form.note(EVIDENCE, "memuat kunci yang bukan teks; kunci itu tidak dibaca.")
    _note_odd_shapes(form, given, values, accepted)
    strange = [key for key in part if key not in (ANSWERS, EVIDENCE)]
    if not values_read.keys() <= aspect.known_inputs:
        strange += [key for key in values_read if not aspect.knows(str(key))]
    if not form.evidence <= aspect.known_evidence:
        strange += [key.strip() for key in evidence if not aspect.knows(key.strip())]
    if strange:
        unknown.extend(f"{aspect.code}.{key}" for key in dict.fromkeys(strange))
    return form


def _note_odd_shapes(form: AspectForm, given: object, values: object, accepted: object) -> None:
    if given is not None and not isinstance(given, Mapping):
        form.note(ANSWERS, "aspek ini bukan objek; dibaca sebagai formulir kosong.")
    if values is not None and not isinstance(values, Mapping):
        form.note(ANSWERS, "bukan objek; dibaca sebagai isian kosong.")
    if accepted is not None and not isinstance(accepted, list | tuple):
        form.note(EVIDENCE, "bukan daftar; tidak ada bukti yang dibaca.")


def _notes_on_left_out(instrument: Instrument, tree: TreeTotal) -> list[str]:
    if not tree.left_out:
        return []
    left_out = set(tree.left_out)
    return [
        f"{aspect.code}.{indicator.code}: dikeluarkan dari nilai dan dari maksimum."
        for aspect in instrument.aspects
        for indicator in aspect.indicators
        if indicator.code in left_out
    ]


def _category(instrument: Instrument, tree: TreeTotal) -> str | None:
    """Return the first category whose minimum the exact percentage of the maximum reaches."""
    if not instrument.categories or tree.maximum <= 0:
        return None
    percentage = tree.total * 100 / tree.maximum
    return next((category.name for category in instrument.categories if percentage >= category.minimum), None)


def report(score: Score) -> dict:
    """Return the result as the texts that are published: the form of `sp2k instrument score`.

    An indicator that was left out for this form is null, one that is only recorded "0".
    """
    places = score.instrument.round_places
    aspects = {
        aspect.code: {
            "nilai": fixed_text(score.tree.aspects[aspect.code].rounded, places),
            "maks": exact_text(aspect.maximum),
            "indikator": {indicator.code: _written(score, indicator) for indicator in aspect.indicators},
        }
        for aspect in score.instrument.aspects
    }
    return {
        "aspek": aspects,
        "nilai": fixed_text(score.tree.total, places),
        "maks": exact_text(score.tree.maximum),
        "kategori": score.category,
        "tak_dikenal": list(score.unknown),
        "catatan": list(score.notes),
    }


def _written(score: Score, indicator: Indicator) -> str | None:
    points = score.points[indicator.code]
    if points is not None:
        return exact_text(points)
    return None if indicator.is_scored else "0"
