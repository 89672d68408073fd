"""What an English page still says in Indonesian: the sentences of the catalogue, looked for in the text that is seen."""

import re
from html.parser import HTMLParser

from tests.house.english import catalogue

_UNSEEN = {"script", "style", "svg", "code", "pre", "textarea"}
_VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
_SAID = ("aria-label", "placeholder", "title", "alt", "data-label", "data-caption")
LEAST = 25  # letters: a shorter sentence is looked for as the whole of a text, a longer one anywhere in it


class _Texts(HTMLParser):
    """The texts of a page that its reader meets, without those that are marked as of another language."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        is_left_out = tag in _UNSEEN or (tag != "html" and given.get("lang") == "id") or self._is_left_out
        if not is_left_out:
            self.found += [given[name] for name in _SAID if given.get(name)]
        if tag not in _VOID:
            self.open.append((tag, is_left_out))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not self._is_left_out:
            self.found.append(data)

    @property
    def _is_left_out(self) -> bool:
        return bool(self.open and self.open[-1][1])


def texts_of(page: str) -> list[str]:
    """Return the texts that a reader of the page meets, in order, with single blanks."""
    reader = _Texts()
    reader.feed(page)
    return [text for found in reader.found if (text := " ".join(found.split()))]


def foreign_sentences() -> set[str]:
    """Return the sentences of the catalogue that read differently in English, without tags and places."""
    pairs = {
        pair
        for sentence, english in catalogue.translations().items()
        for pair in zip(catalogue.texts(sentence), catalogue.texts(english), strict=True)
    }
    said = {" ".join(re.sub(r"<[^>]+>", "", one).split()) for one, english in pairs if one != english}
    in_english = {" ".join(english.split()) for _, english in pairs}
    return {one for one in said - in_english if len(one) > 2 and not catalogue.places(one)}


def left_in_indonesian(page: str, sentences: set[str], *, data: set[str]) -> list[str]:
    """Return the texts of an English page that are Indonesian sentences of ours; `data` are texts an edition brings."""
    long = [one for one in sentences if len(one) >= LEAST]
    return [
        text
        for text in texts_of(page)
        if text not in data and (text in sentences or any(one in text for one in long))
    ]
