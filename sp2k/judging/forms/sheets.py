"""The score sheet from outside: marks as typed, each with its own sentence; how a page and a device name themselves."""

import re
import secrets
from collections.abc import Mapping
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from sp2k.base.pages.fields import Text
from sp2k.base.refusals import BadInput
from sp2k.entries.sealing import Sending
from sp2k.instruments.fields import MarkField
from sp2k.judging.actions.drafts import Copy, Typed
from sp2k.judging.contents import LONGEST_NOTE, LONGEST_REASON
from sp2k.judging.marks import Extremes, clean_mark, clean_remark

MARK, REMARK = "nilai_", "alasan_"
MISSING = "kosong"
_COPY = re.compile(r"[0-9a-f]{32}\Z")


class SheetForm(forms.Form):
    """A sheet of any instrument: one text a mark, one for the reason of a mark that wants one, note, reason of a change.

    A draft (`is_draft`) may leave anything empty; what stands there and cannot be read is told all the same.
    """

    use_required_attribute = False  # a browser must let a draft go with anything empty

    def __init__(self, data, *, fields: Mapping[str, MarkField], extremes: Extremes, is_change: bool, is_draft=False):
        super().__init__(data)
        self.mark_fields, self.extremes, self.is_draft = fields, extremes, is_draft
        self.marks = {}
        for code in fields:
            self.fields[MARK + code] = forms.CharField(required=False, strip=False, label=code)
            self.fields[MARK + code].widget.attrs["id"] = code
            if extremes:
                self.fields[REMARK + code] = forms.CharField(required=False, strip=False, label=code)
                self.fields[REMARK + code].widget.attrs["id"] = REMARK + code
        self.fields["catatan"] = Text(label=_("Catatan"), required=False, rows=3, max_length=LONGEST_NOTE)
        self.fields["catatan"].widget.attrs["id"] = "catatan"
        if is_change:
            self.fields["perubahan"] = Text(
                label=_("Alasan perubahan"), rows=2, max_length=LONGEST_REASON,
                error_messages={"required": _("Tulis mengapa lembar yang sudah diterima ini diubah.")},
                help_text=_("Disegel bersama lembar. Revisi sebelumnya tetap disimpan."),
            )  # fmt: skip
            self.fields["perubahan"].widget.attrs["id"] = "perubahan"

    def clean(self):
        self.marks = {}
        if self.is_draft and self.has_error("perubahan", "required"):
            del self.errors["perubahan"]
        for code, field in self.mark_fields.items():
            self._attempt(MARK + code, lambda code=code, field=field: self._read_mark(code, field))
            if self.extremes:
                self._attempt(REMARK + code, lambda code=code: self._read_remark(code))
        return self.cleaned_data

    def typed(self) -> Typed:
        """Return everything as typed, readable or not."""
        return Typed(
            {code: self._raw(MARK + code) for code in self.mark_fields},
            {code: text for code in self.mark_fields if (text := self._raw(REMARK + code))} if self.extremes else {},
            self._raw("catatan"),
            self._raw("perubahan") if "perubahan" in self.fields else "",
        )

    def sealed(self) -> dict:
        """Return what `send_sheet` asks for, beside who sends it and how."""
        typed = self.typed()
        return {"typed": typed.marks, "remarks": typed.remarks, "note": typed.note, "reason": typed.reason}

    def faults(self) -> list[str]:
        """Return a sentence for each thing that stands there and cannot be read."""
        return [
            error.messages[0] for errors in self.errors.as_data().values() for error in errors if error.code != MISSING
        ]

    def _raw(self, name) -> str:
        return str(self.data.get(name, ""))

    def _attempt(self, name, read) -> None:
        try:
            read()
        except BadInput as fault:
            self.add_error(name, forms.ValidationError(fault.marked))

    def _read_mark(self, code, field) -> None:
        text = self._raw(MARK + code)
        if text.strip():
            self.marks[code] = clean_mark(text, field)
        elif not self.is_draft:
            self.add_error(MARK + code, forms.ValidationError(_("Masih kosong. Kosong bukan nol."), code=MISSING))

    def _read_remark(self, code) -> None:
        is_given = bool(clean_remark(self._raw(REMARK + code), code))
        if not is_given and not self.is_draft and code in self.marks and self.extremes.ask(self.marks[code]):
            sentence = _("Tulis alasan nilai %(code)s: aturan meminta alasan nilai %(rule)s.")
            raise BadInput(sentence % {"code": code, "rule": self.extremes})


def as_data(typed: Typed) -> dict[str, str]:
    """Return what was typed as a form posts it, for a page that shows it again."""
    return (
        {MARK + code: text for code, text in typed.marks.items()}
        | {REMARK + code: text for code, text in typed.remarks.items()}
        | {"catatan": typed.note, "perubahan": typed.reason}
    )


def sending_of(data: Mapping) -> Sending:
    """Return how a page says that it sends. Raises BadInput where it does not say it."""
    try:
        op_id, base_rev = UUID(str(data.get("op_id", ""))), int(data.get("base_rev", ""))
    except ValueError:
        raise BadInput("Kiriman dari perangkat ini rusak di jalan. Muat ulang halaman, lalu kirim lagi.") from None
    return Sending(op_id, str(data.get("device_nonce", "")), base_rev if 0 <= base_rev <= 32_767 else 0)


def copy_of(data: Mapping) -> Copy:
    """Return which open page writes, and the last version of the draft that it has seen."""
    name, seen = str(data.get("naskah", "")), str(data.get("dilihat", ""))
    if not _COPY.match(name):
        raise BadInput("Kiriman dari perangkat ini rusak di jalan. Muat ulang halaman, lalu kirim lagi.")
    return Copy(name, int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0)


def new_copy() -> str:
    """Return the name of a page about to be shown."""
    return secrets.token_hex(16)
