"""Pages of judging, each in the module of its noun."""
