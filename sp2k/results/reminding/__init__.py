"""Whom a stage still waits for, and the text that reminds them."""
