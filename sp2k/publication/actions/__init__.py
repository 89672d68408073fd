"""What is issued and published, each act in the module of its moment."""

from sp2k.publication.actions.amending import approve_amendment, propose_amendment, withdraw_amendment
from sp2k.publication.actions.heads import send_head
from sp2k.publication.actions.issuing import issue_decree, publish
from sp2k.publication.actions.minutes import make_minutes

__all__ = [
    "approve_amendment", "issue_decree", "make_minutes", "propose_amendment", "publish", "send_head",
    "withdraw_amendment",
]  # fmt: skip
