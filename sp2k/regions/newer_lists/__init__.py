"""A newer list of regions: which region is which in it, how it differs, and what applying it does."""
