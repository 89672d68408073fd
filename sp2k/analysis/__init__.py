"""Statistics beside the tally; they never change it. NumPy and SciPy only."""
