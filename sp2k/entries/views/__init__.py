"""Pages of filling, verifying, innovations and participants, each in the module of its noun."""
