"""Pages of an edition, each in the module of its noun."""
