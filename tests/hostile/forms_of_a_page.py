"""What a page's forms would send: each form's address and its fields, as a browser reads them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

FREE = {"text", "number", "textarea", "search", "tel", "password", "date", "time", "datetime-local", "email", "url", ""}


@dataclass
class SentForm:
    """One form of a page: where it goes, what it sends untouched, and which of it a person types freely or uploads."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    typed: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms: list[SentForm] = []
        self._here: SentForm | None = None
        self._select = ""

    def handle_starttag(self, tag, attrs):
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._here = SentForm(told.get("action", "")) if told.get("method", "").lower() == "post" else None
            self.forms += [self._here] if self._here else []
        elif self._here is not None and told.get("name"):
            self._field(tag, told)
        elif tag == "option" and self._select and ("selected" in told or self._select not in self._here.fields):
            self._here.fields[self._select] = told.get("value", "")

    def _field(self, tag, told):
        name, kind = told["name"], told.get("type", "").lower()
        if tag == "select":
            self._select = name
        elif tag == "textarea" or (tag == "input" and kind in FREE):
            self._here.typed.append(name)
            self._here.fields[name] = told.get("value", "")
        elif kind == "file":
            self._here.files.append(name)
        elif tag in {"input", "button"}:
            self._here.fields.setdefault(name, told.get("value", "on"))

    def handle_endtag(self, tag):
        if tag in {"form", "select"}:
            self._select = ""
        if tag == "form":
            self._here = None


def forms_of(html: str) -> list[SentForm]:
    """Return the forms of a page that are sent by POST."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms
