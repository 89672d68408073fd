"""Issued documents: the facts of the day, the words printed, and what is sealed."""
