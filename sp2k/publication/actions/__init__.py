"""What is issued and published, each act in the module of its moment."""

from sp2k.publication.actions.heads import send_head
from sp2k.publication.actions.issuing import issue_decree, publish

__all__ = ["issue_decree", "publish", "send_head"]
