"""Rows of a panel that were told without a seal of their own, held against their lines: its room, and what was claimed there."""
