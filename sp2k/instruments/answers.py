"""Reading a JSON file of answer forms exactly: numbers as written, nothing refused but what is not of this shape."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from sp2k.base.refusals import BadInput

SHAPE = '{"A": {"isian": {"kunci": nilai}, "bukti": ["kunci"]}} atau daftarnya'


@dataclass(frozen=True)
class AnswerForm:
    """One form: the answers by aspect, and notes about how the file was read."""

    answers: Mapping[str, object]
    notes: tuple[str, ...]


class _Object(dict):
    """A JSON object that remembers which keys were written twice; the last one counts."""

    repeated: tuple[str, ...] = ()


def read_answers(content: bytes, *, name: str) -> tuple[list[AnswerForm], bool]:
    """Return the forms in a JSON file, and whether it held a list of them.

    Raises
    ------
    BadInput
        When the file is not JSON, or JSON of another shape. Values inside `isian` are never refused.
    """
    data = _parse(content, name)
    is_list = isinstance(data, list)
    forms = data if is_list else [data]
    for number, form in enumerate(forms, start=1):
        _refuse_other_shape(form, f"{name}, formulir ke-{number}" if is_list else name)
    return [AnswerForm(form, tuple(_repetitions(form))) for form in forms], is_list


def _parse(content: bytes, name: str) -> object:
    try:
        return json.loads(
            content.decode("utf-8-sig"),
            parse_float=_number,
            parse_int=_number,
            parse_constant=str,
            object_pairs_hook=_object,
        )
    except UnicodeDecodeError:
        raise BadInput(f"{name} bukan teks UTF-8; simpanlah berkas itu sebagai JSON UTF-8.") from None
    except json.JSONDecodeError as error:
        where = f"baris {error.lineno}, kolom {error.colno}"
        raise BadInput(f"{name} bukan JSON: {where} tidak dapat dibaca. Bentuk yang diminta: {SHAPE}.") from None
    except RecursionError:
        raise BadInput(f"{name} bertingkat terlalu dalam. Bentuk yang diminta: {SHAPE}.") from None


def _number(text: str) -> int | Decimal | str:
    """Return a JSON number exactly; one too large even for Decimal stays text, which the scorer notes as no number."""
    if len(text) < 19 and text.lstrip("-").isdigit():
        return int(text)
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def _object(pairs: list[tuple[str, object]]) -> dict:
    found = _Object(pairs)
    if len(found) < len(pairs):
        seen, repeated = set(), {}
        for key, _ in pairs:
            repeated.update({key: None} if key in seen else {})
            seen.add(key)
        found.repeated = tuple(repeated)
    return found


def _refuse_other_shape(form: object, place: str) -> None:
    if not isinstance(form, dict):
        raise BadInput(f"{place} bukan objek JSON. Bentuk yang diminta: {SHAPE}.")
    for aspect, part in form.items():
        if part is None:
            continue
        if not isinstance(part, dict):
            raise BadInput(f'{place}, aspek "{aspect[:40]}" bukan objek. Bentuk yang diminta: {SHAPE}.')
        if not isinstance(part.get("isian"), dict | None):
            raise BadInput(f'{place}, "isian" aspek "{aspect[:40]}" bukan objek. Bentuk yang diminta: {SHAPE}.')
        if not isinstance(part.get("bukti"), list | None):
            raise BadInput(f'{place}, "bukti" aspek "{aspect[:40]}" bukan daftar. Bentuk yang diminta: {SHAPE}.')


def _repetitions(form: _Object) -> list[str]:
    places = [(key, form) for key in form.repeated]
    notes = [f"{key}: tertulis dua kali; yang terakhir dipakai." for key, _ in places]
    for aspect, part in form.items():
        for inner in (part, (part or {}).get("isian")):
            repeated = inner.repeated if isinstance(inner, _Object) else ()
            notes.extend(f"{aspect}.{key}: tertulis dua kali; yang terakhir dipakai." for key in repeated)
    return notes
