"""A juror's phone in a test: opens pages, types into the form that is there, presses a button."""

import re
from html import escape, unescape

from django.test import Client

from sp2k.base import clock
from sp2k.entries.sealing import Sending
from tests.story.small import FIRST, duty, holder

HIDDEN = re.compile(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)">')
EIGHTY = {"nilai_K1": "80", "nilai_I1": "80", "nilai_I2": "80"}


class Phone:
    """One person signed in on one device. What is on the screen stays there until another page is opened."""

    def __init__(self, user):
        self.user, self.client, self.fields, self.answer = user, Client(), {}, None
        self.client.force_login(user)

    def open(self, address: str):
        self.answer = self.client.get(address, follow=True)
        if self.answer.status_code == 200:
            self.fields = {name: unescape(value) for name, value in HIDDEN.findall(self.text) if "csrf" not in name}
        return self.answer

    def press(self, address: str, **typed):
        """Send what stands on the screen with what is typed over it, by the button that leads to `address`."""
        self.answer = self.client.post(address, self.fields | typed)
        return self.answer

    def type(self, address: str, **typed):
        """As `press`, as the page itself sends it while someone types."""
        return self.client.post(address, self.fields | typed, headers={"Accept": "application/json"})

    @property
    def text(self) -> str:
        return self.answer.content.decode()


def words(answer) -> str:
    """Return what a page says, without its markup, blanks folded."""
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r" ([,.:])", r"\1", " ".join(unescape(text).split()))


def address_of(story, code: str, seat: str, rest: str = "", stage: str = "presentasi") -> str:
    return f"/juri/lembar/{duty(story, code, seat, stage).pk}/{rest}"


def phone_of(story, seat: str, stage: str = "presentasi") -> Phone:
    return Phone(holder(story, seat, stage))


def at_hour(monkeypatch, now) -> None:
    """Let every page think it is `now`."""
    monkeypatch.setattr(clock, "now", lambda: now)


def fresh() -> dict[str, str]:
    """What a page without a draft hides in its form."""
    sending = Sending()
    return {"op_id": str(sending.op_id), "device_nonce": sending.device_nonce, "base_rev": "0", "naskah": "0" * 32}


def body(answer) -> str:
    """Return a page's bytes with what is drawn anew for every page made equal: tokens, numbers of devices, nonces.

    The address asked for stands in the form that changes the language; whoever asked knows it.
    """
    text = answer.content.decode().replace(f'value="{escape(answer.wsgi_request.get_full_path())}"', "")
    text = re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]+', r"\1", text)
    return re.sub(r'(name="(?:op_id|device_nonce|naskah|pilih)" value=")[^"]+', r"\1", text)


def sealed(story, phone, code=FIRST, seat_code="dpmd", **typed):
    """Open a sheet, fill it in, seal it."""
    phone.open(address_of(story, code, seat_code))
    return phone.press(address_of(story, code, seat_code, "segel/"), **EIGHTY | typed)
