"""The form of an entry: which keys each version has, and the commitment to who acted and when.

Version 2 is the last: what comes later adds types and bodies, never keys. Version 1 had no `c_act`; its entries are replayed
as they were written, and none may follow an entry of version 2.
"""

from datetime import UTC, datetime

from sp2k.journal.canonical import commitment

VERSION = 2
WAS = "was"  # the key of a body that commits to what the act replaced, which is kept beside the line
KEYS = {
    1: frozenset({"v", "chain", "seq", "prev", "type", "day", "body"}),
    2: frozenset({"v", "chain", "seq", "prev", "type", "day", "body", "c_act"}),
}


def act_commitment(line) -> str:
    """Return the salted commitment to person, exact instant, number and both nonces of the act that a line tells of."""
    act = {
        "at": instant_text(line.at), "by": line.actor, "op_id": str(line.op_id), "device_nonce": line.device_nonce,
        "server_nonce": line.server_nonce,
    }  # fmt: skip
    return commitment(act, device_nonce=line.device_nonce, server_nonce=line.server_nonce)


def instant_text(at: datetime) -> str:
    """Return an instant as it is committed to: `2022-11-02T20:30:00.000000Z`, always in UTC and to the microsecond."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
