"""Ties that the declared chain leaves: how they are ended, and places read with what was ruled."""
