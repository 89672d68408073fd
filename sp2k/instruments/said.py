"""What a filled-in answer says, in the words of the instrument rather than its keys."""

from collections.abc import Mapping

from sp2k.base.wording import number_in_words
from sp2k.instruments.fields import FillField


def said_in_words(field: FillField, values: Mapping[str, object]) -> list[tuple[str, str]]:
    """Return pairs of what was asked and what was answered, in the order asked; what was left empty is left out."""
    said = []
    for key, asked in field.inputs.items():
        text = _answer(asked, values.get(key))
        if text:
            said.append((asked.title or key.replace("_", " "), text))
    return said


def exact_in_words(points: str) -> str:
    """Return exact points (`0.25`, `2/3`) as they are read: `0,25`, `2/3`."""
    return points if "/" in points else number_in_words(points)


def _answer(asked, value) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "ada" if value else "tidak ada"
    text = str(value)
    if asked.reads == "pilihan":
        labels = {choice.code.lower(): choice.label for choice in asked.choices}
        return labels.get(text.lower()) or text
    try:
        return number_in_words(text.replace(",", ".")) if asked.reads == "angka" else text
    except ValueError:
        return text
