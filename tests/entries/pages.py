"""Walking the pages of filling and verifying in the small edition, as a browser without JavaScript would."""

import html
import io
import re

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.story.small import FIRST, person

PLACE = f"/isian/kaltara-2024-uji/isian/{FIRST}/"


def pdf(title: str = "Bukti") -> bytes:
    """Return a small PDF, another for another title."""
    with pikepdf.new() as made:
        made.add_blank_page()
        made.docinfo["/Title"] = title
        content = io.BytesIO()
        made.save(content, deterministic_id=True)
        return content.getvalue()


PDF = pdf()


def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def file(name: str = "bukti.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def hidden(page: str, name: str) -> str:
    """Return the value of a hidden field."""
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]


def text(response) -> str:
    return html.unescape(response.content.decode())


def words(response) -> str:
    """Return what is read on a page: its text without markup, on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", text(response)).split())


class Form:
    """A kecamatan's form in one browser; `base` is what the page open in it was made from."""

    def __init__(self, user, place=PLACE):
        self.client, self.place, self.base = browser(user), place, {}

    def open(self, aspect="A"):
        page = self.client.get(f"{self.place}isi/{aspect}/")
        self.base[aspect] = hidden(text(page), "dasar")
        return page

    def type(self, values, aspect="A", *, then="simpan", follow=True):
        data = {"dasar": self.base[aspect], "lanjut": then} | values
        page = self.client.post(f"{self.place}isi/{aspect}/", data, follow=follow)
        if (found := re.search(r'name="dasar" value="([^"]*)"', text(page))) and aspect in self.base:
            self.base[aspect] = found[1]
        return page

    def autosave(self, values, aspect="A"):
        answer = self.client.post(f"{self.place}isi/{aspect}/simpan/", {"dasar": self.base[aspect]} | values)
        self.base[aspect] = answer.json().get("dasar", self.base[aspect])
        return answer

    def check(self):
        return self.client.get(f"{self.place}kirim/")

    def send(self, page=None, **more):
        page = text(page or self.check())
        data = {name: hidden(page, name) for name in ("op_id", "checked")}
        return self.client.post(f"{self.place}kirim/", data | more, follow=True)


def camat(story, regency="65.01") -> Form:
    return Form(person(story, "C", regency))
