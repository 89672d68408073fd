"""One-time passwords by the clock (RFC 6238), each taken once."""

import hmac
import secrets
from base64 import b32encode
from datetime import datetime

import pyotp
from django.utils.crypto import salted_hmac

SECONDS = 30
AROUND = (0, -1, 1)  # a phone's clock may be half a minute off either way
ISSUER = "SP2K"


def fresh_seed() -> str:
    """Return what is kept of a secret: of no use to whoever has the database and not the server's key."""
    return secrets.token_hex(20)


def secret_of(seed: str) -> str:
    """Return the secret that a phone holds, in base 32: an HMAC of the kept seed under the server's key, of 160 bits."""
    return b32encode(salted_hmac("sp2k.accounts.totp", seed, algorithm="sha256").digest()[:20]).decode()


def address_of(secret: str, username: str) -> str:
    """Return the `otpauth://` address that a phone reads from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=ISSUER)


def step_of(secret: str, code: str, *, now: datetime, after: int) -> int | None:
    """Return the step of time whose code this is, None when it is none or not later than the step `after`."""
    totp, present = pyotp.TOTP(secret), int(now.timestamp()) // SECONDS
    typed = "".join(char for char in code if char.isdigit())
    for shift in AROUND:
        expected = totp.generate_otp(present + shift)
        if hmac.compare_digest(expected, typed) and present + shift > after:
            return present + shift
    return None
