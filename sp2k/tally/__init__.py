"""Exact official arithmetic. Standard library only: no float, no clock, no file."""
