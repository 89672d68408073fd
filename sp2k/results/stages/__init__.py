"""A stage on its way from the last sheet to those who go on: what its page shows."""
