"""What of the demonstration is real, with its source, and what was made up: a data file, held against the rows."""
