"""An answer that the bureau gave in a regency's place: after the deadline the regency does not take it back."""

from datetime import datetime

from sp2k.accounts.roles import Role
from sp2k.results.closing import RegencyDesk
from sp2k.results.models import Nomination


def is_bureau_at(desk: RegencyDesk, by) -> bool:
    """Return whether a person acts at a regency's desk as the province's bureau, not as its own organiser."""
    return not by.reaches({Role.REGENCY}, desk.region_code)


def why_bureau_alone(answer: Nomination, desk: RegencyDesk, *, by, now: datetime) -> str:
    """Say why this person does not take back an answer of the bureau and whom to ask; empty where nothing bars it."""
    if not answer.is_by_bureau or is_bureau_at(desk, by) or not desk.stage.is_over(now):
        return ""
    return (
        f"Jawaban {desk.name} ini diberikan penyelenggara provinsi, dan batas tahap {desk.stage.name} sudah lewat; "
        "kabupaten/kota tidak menariknya sendiri. Minta penyelenggara provinsi menariknya, dengan alasannya."
    )
