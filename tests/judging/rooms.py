"""Walking through the jury's room of the small edition, as a person who signed in and types."""

import re
from html import unescape

from sp2k.accounts.models import Membership, User
from sp2k.base import clock
from tests.story.small import holder, person

EDITION = "kaltara-2024-uji"


def room(page: str, stage: str = "presentasi") -> str:
    """Return the address of a page of the jury's room: `panel/`, or `tahap:penugasan/` of the pages in results."""
    where, _, rest = page.rpartition(":")
    return f"/{where or 'juri'}/{EDITION}/{stage}/{rest}"


def at_hour(monkeypatch, now) -> None:
    """Let every page think it is `now`."""
    monkeypatch.setattr(clock, "now", lambda: now)


def words(response) -> str:
    """Return what a page says, without its markup, spaces made one."""
    text = re.sub(r"<(style|script)\b.*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(text)).strip()


def chair(story):
    """Return the person in the chair's seat, with the role of a chair."""
    user = holder(story, "akademisi")
    Membership.objects.get_or_create(user=user, role="K", region_id="65")
    return User.objects.get(pk=user.pk)


def somebody(story, letter: str):
    """Return a person of the story by the letter of the role: bureau, chair, juror, camat, organiser."""
    return {
        "B": lambda: story.bureau[0], "K": lambda: chair(story), "J": lambda: holder(story, "dpmd"),
        "C": lambda: person(story, "C", "65.01"), "R": lambda: person(story, "R", "65.01"), "G": lambda: story.leader,
    }[letter]()  # fmt: skip
