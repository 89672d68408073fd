"""One-time passwords by the clock (RFC 6238), each taken once."""

import hmac
from datetime import datetime

import pyotp

SECONDS = 30
AROUND = (0, -1, 1)  # a phone's clock may be half a minute off either way
ISSUER = "SP2K"


def fresh_secret() -> str:
    """Return a secret of 160 bits in base 32, as authenticator programs take it."""
    return pyotp.random_base32()


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
