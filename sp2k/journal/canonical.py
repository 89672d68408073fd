"""Canonical bytes and hashes of the journal: RFC 8785 narrowed until there is only one way to write a thing.

Objects have keys ``[a-z0-9_]{1,32}``; strings are NFC without control characters (but newline) and without
bidirectional controls; numbers are integers of at most 2^53 - 1 in size; besides them arrays, true, false, null.
On this profile ``json.dumps(sort_keys=True, separators=(",", ":"), ensure_ascii=False)`` gives RFC 8785's bytes.
"""

import hashlib
import json
import re
import unicodedata

LARGEST = 2**53 - 1
_KEY = re.compile(r"[a-z0-9_]{1,32}\Z")
_FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class NotCanonical(ValueError):
    """The value or the bytes fall outside the profile; the message names the place."""


def canonical(value) -> bytes:
    """Return the one byte form of `value`, or raise NotCanonical naming the place (``$.body.n``)."""
    if not _is_plain(value):
        _check(value, "$")
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def parse(content: bytes):
    """Return what canonical bytes say; refuse whatever does not write itself again to the same bytes."""
    try:
        value = json.loads(
            content.decode("utf-8"),
            object_pairs_hook=_object_without_duplicates,
            parse_float=_refuse_number,
            parse_constant=_refuse_number,
        )
        is_canonical = canonical(value) == content
    except NotCanonical:
        raise
    except (ValueError, RecursionError) as error:  # not UTF-8, not JSON, a number of 5,000 digits, a nest too deep
        raise NotCanonical(f"not JSON of this profile: {error}") from error
    if not is_canonical:
        raise NotCanonical("the bytes are not the canonical form of what they say")
    return value


def tagged_hash(tag: str, content: bytes) -> str:
    """Return SHA-256(tag || 0x00 || content) in hex; the tag names kind and version, e.g. ``sp2k/entry/1``."""
    return hashlib.sha256(tag.encode("ascii") + b"\x00" + content).hexdigest()


def commitment(value, *, device_nonce: str, server_nonce: str) -> str:
    """Return the salted commitment to `value`; both nonces are hex of 32 bytes.

    Two jurors can never be given the same receipt, for the salt is made of a nonce of each side;
    destroying the nonces erases what the line says while the chain stays valid.
    """
    salt = hashlib.sha256(bytes.fromhex(device_nonce) + bytes.fromhex(server_nonce)).digest()
    return tagged_hash("sp2k/commit/1", salt + canonical(value))


def _is_plain(value) -> bool:
    """Whether a value is surely of the profile: printable ASCII, whole numbers, lists and objects. False says nothing.

    A province's answers are a million values; naming the place of each, as `_check` does, costs most of the time.
    """
    kind = type(value)
    if kind is str:
        return value.isascii() and value.isprintable()
    if kind is list or kind is tuple:
        return all(map(_is_plain, value))
    if kind is dict:
        return all(type(key) is str and _KEY.match(key) for key in value) and all(map(_is_plain, value.values()))
    if kind is int:
        return -LARGEST <= value <= LARGEST
    return value is None or kind is bool


def _check(value, place):
    if value is None or value is True or value is False:
        return
    if isinstance(value, int):
        if abs(value) > LARGEST:
            raise NotCanonical(f"{place}: the integer is larger than 2^53 - 1")
    elif isinstance(value, str):
        _check_text(value, place)
    elif isinstance(value, list | tuple):
        for position, item in enumerate(value):
            _check(item, f"{place}[{position}]")
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str) or not _KEY.match(key):
                raise NotCanonical(f"{place}: the key {key!r} is not of [a-z0-9_], 1 to 32 long")
            _check(item, f"{place}.{key}")
    else:
        raise NotCanonical(f"{place}: {type(value).__name__} is not of this profile (points are integers or text)")


def _check_text(text, place):
    if _FORBIDDEN.search(text):
        raise NotCanonical(f"{place}: the text holds a control or bidirectional character")
    if not unicodedata.is_normalized("NFC", text):
        raise NotCanonical(f"{place}: the text is not NFC")


def _object_without_duplicates(pairs):
    keys = [key for key, _ in pairs]
    if len(keys) != len(set(keys)):
        raise NotCanonical(f"a key stands twice in one object: {sorted(keys)}")
    return dict(pairs)


def _refuse_number(text):
    raise NotCanonical(f"the number {text} is not an integer")
