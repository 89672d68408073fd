"""Secrets that are told once: they leave here in clear only to be shown, and come back only to be compared."""

import secrets

from django.utils.crypto import salted_hmac

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that reads as another: no 0 and O, no 1, I and L, no U
CODE_LENGTH = 8


def fresh_token() -> str:
    """Return a token of 256 bits that fits into an address."""
    return secrets.token_urlsafe(32)


def fresh_code() -> str:
    """Return a code short enough to be typed from paper, 39 bits: `K7M2-9QXD`. Only behind a throttle."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
    return f"{letters[:4]}-{letters[4:]}"


def bare(typed: str) -> str:
    """Return a typed code as it is compared: capitals, without spaces and dashes."""
    return "".join(char for char in typed.upper() if char.isalnum())


def keyed_hash(purpose: str, secret: str) -> str:
    """Return what is kept of a secret: an HMAC under the server's key, so that the database alone opens nothing."""
    return salted_hmac(f"sp2k.accounts.{purpose}", secret, algorithm="sha256").hexdigest()
