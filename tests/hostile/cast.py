"""Who knocks: one person of each role on the small edition, and neighbours of each kind."""

from sp2k.accounts.actions import create_user
from sp2k.accounts.models import Membership, User
from sp2k.judging.models import Seat
from tests.story.small import other_bureau, person

NAMES = (
    "bureau", "second bureau", "regency", "other regency", "verifier", "camat", "sibling camat", "chair", "juror",
    "inspectorate", "leader", "admin", "next province",
)  # fmt: skip


def cast(story) -> dict[str, User]:
    """Return the people by what they are; each holds exactly one role, save the chair who is one of the panel."""
    chair = _in_seat(story, "akademisi") or made("juri-1", "J", "65")
    Membership.objects.filter(user=chair).update(role="K")
    juror = _in_seat(story, "dpmd") or made("juri-3", "J", "65")
    found = {
        "bureau": story.bureau[0], "second bureau": story.bureau[1], "regency": person(story, "R", "65.01"),
        "other regency": person(story, "R", "65.04"), "verifier": person(story, "V", "65.01"),
        "camat": made("camat-satu", "C", "65.01.01"), "sibling camat": made("camat-dua", "C", "65.01.02"), "chair": chair,
        "juror": juror, "inspectorate": made("pengawas", "I", "65"), "leader": story.leader, "admin": made("admin", "T", "65"),
        "next province": other_bureau(),
    }  # fmt: skip
    return {name: User.objects.get(pk=user.pk) for name, user in found.items()}


def made(username: str, role: str, region: str) -> User:
    return User.objects.filter(username=username).first() or create_user(
        username, f"Orang {username}", roles=[(role, region)]
    )


def _in_seat(story, code: str) -> User | None:
    seat = Seat.objects.filter(stage__edition=story.edition, code=code).order_by("stage__position").first()
    return seat and seat.holder
