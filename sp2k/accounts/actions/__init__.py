"""Verbs of accounts. `create_user` is here by its short name: the server's first account and sample people need no page."""

from sp2k.accounts.actions.people import create_user

__all__ = ["create_user"]
