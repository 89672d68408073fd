"""Would other weights change the result, and how small a change would do."""
