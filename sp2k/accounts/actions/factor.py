"""The second factor: set, asked, taken off; and which editions ask it of whom."""

import hmac
import secrets
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from sp2k.accounts.actions.ledger import record
from sp2k.accounts.actions.people import end_sessions
from sp2k.accounts.keys import totp
from sp2k.accounts.keys.tokens import LETTERS, bare, keyed_hash
from sp2k.accounts.models import RecoveryCode, SecondFactorRule, User
from sp2k.accounts.policy import require
from sp2k.accounts.queries.factor import is_factor_on, rules_for
from sp2k.base.refusals import BadInput, Refused
from sp2k.regions.models import Region

N_CODES = 10
WRONG = "Kode tidak cocok. Tunggu kode berikutnya di ponsel Anda, lalu ketik keenam angkanya."


@transaction.atomic
def begin_factor(person: User, *, now: datetime) -> User:
    """Make the secret that the phone will hold; nothing is asked at the door before a code of it was typed."""
    person = User.objects.select_for_update().get(pk=person.pk)
    if not is_factor_on():
        raise Refused("Faktor kedua mati pada data peragaan.")
    if person.has_second_factor:
        raise Refused("Faktor kedua sudah terpasang. Lepas dahulu untuk berganti ponsel.")
    person.totp_seed = totp.fresh_seed()
    person.totp_last_step = 0
    person.save(update_fields=["totp_seed", "totp_last_step"])
    record("factor.begin", {"person": person.pk}, by=person, now=now)
    return person


@transaction.atomic
def confirm_factor(person: User, code: str, *, now: datetime) -> list[str]:
    """Set the second factor with a first code from the phone; return the recovery codes, which are told this once."""
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.has_second_factor or not person.totp_seed:
        raise Refused("Mulai pemasangan dari halaman profil.")
    if not _takes_code(person, code):
        raise BadInput(WRONG)
    person.totp_confirmed_at = timezone.now()
    person.save(update_fields=["totp_confirmed_at"])
    end_sessions(person)
    codes = _fresh_recovery_codes(person)
    record("factor.set", {"person": person.pk}, by=person, now=now)
    return codes


@transaction.atomic
def renew_recovery_codes(person: User, code: str, *, now: datetime) -> list[str]:
    """Make new recovery codes, proved by a code from the phone; the old ones end."""
    if not pass_factor(person, code, now=now):
        raise BadInput(WRONG)
    codes = _fresh_recovery_codes(person)
    record("factor.codes", {"person": person.pk}, by=person, now=now)
    return codes


@transaction.atomic
def pass_factor(person: User, code: str, *, now: datetime) -> bool:
    """Return whether a typed code is the phone's, or a recovery code; either is taken once."""
    person = User.objects.select_for_update().get(pk=person.pk)
    if not person.has_second_factor:
        return False
    typed = bare(code)
    if len(typed) == 6 and typed.isdigit():
        return _takes_code(person, typed)
    return _takes_recovery_code(person, typed, now)


@transaction.atomic
def leave_factor(person: User, password: str, code: str, *, now: datetime) -> User:
    """Take off one's own second factor, to change the phone; where an edition asks for one, the next is set at once."""
    if not person.check_password(password):
        raise BadInput("Kata sandi tidak cocok.")
    if not pass_factor(person, code, now=now):
        raise BadInput(WRONG)
    _take_off(person)
    record("factor.leave", {"person": person.pk}, by=person, now=now)
    return person


@transaction.atomic
def remove_factor(person: User, *, by, now: datetime) -> None:
    """Take off someone else's second factor, for a lost phone without recovery codes; sessions end."""
    person = User.objects.select_for_update().get(pk=person.pk)
    require(by, "factor.remove", person, now=now)
    if person.has_second_factor:
        _take_off(person)
        record("factor.remove", {"person": person.pk}, by=by, now=now)


@transaction.atomic
def take_off_on_server(person: User, *, by, now: datetime) -> None:
    """As `remove_factor`, from the server's command line, for the administrator whom nobody else looks after."""
    _take_off(person)
    record("factor.remove", {"person": person.pk}, by=by, now=now)


@transaction.atomic
def declare_second_factor(edition: str, region: str, roles: list[str]) -> None:
    """Keep which roles an edition asks a second factor of; the edition's own action journals its rules.

    Parameters
    ----------
    edition, region : the codes of the edition and of its region
    roles : letters; none ends what the edition asked
    """
    if not roles:
        SecondFactorRule.objects.filter(edition=edition).delete()
        return
    SecondFactorRule.objects.update_or_create(
        edition=edition, defaults={"region": Region.objects.get(code=region), "roles": "".join(sorted(set(roles)))}
    )


def is_asked_of(person: User) -> bool:
    """Return whether some edition asks a second factor of this person."""
    return bool(rules_for(person))


def _takes_code(person: User, code: str) -> bool:
    step = totp.step_of(totp.secret_of(person.totp_seed), code, now=timezone.now(), after=person.totp_last_step)
    if step is None:
        return False
    return bool(User.objects.filter(pk=person.pk, totp_last_step__lt=step).update(totp_last_step=step))


def _takes_recovery_code(person: User, typed: str, now: datetime) -> bool:
    expected = keyed_hash("recovery", f"{person.pk}:{typed}")
    for row in person.recovery_codes.filter(used_at=None):
        if hmac.compare_digest(row.code_hash, expected):
            taken = RecoveryCode.objects.filter(pk=row.pk, used_at=None).update(used_at=timezone.now())
            if taken:
                record("factor.recovery", {"person": person.pk}, by=person, now=now)
            return bool(taken)
    return False


def _fresh_recovery_codes(person: User) -> list[str]:
    letters = ["".join(secrets.choice(LETTERS) for _ in range(10)) for _ in range(N_CODES)]
    person.recovery_codes.all().delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=person, code_hash=keyed_hash("recovery", f"{person.pk}:{text}")) for text in letters
    )
    return [f"{text[:5]}-{text[5:]}" for text in letters]


def _take_off(person: User) -> None:
    User.objects.filter(pk=person.pk).update(totp_seed="", totp_confirmed_at=None, totp_last_step=0)
    person.recovery_codes.all().delete()
    end_sessions(person)
