"""A newer list of regions, looked at and applied, and a name corrected. Here, because it must know who entered under it."""
