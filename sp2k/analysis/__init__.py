"""Statistics beside the tally; they never change it. NumPy and SciPy only.

`ratings` is what goes in, `answers` is what comes out in words, `certainty` asks everything an officer is shown.
"""
