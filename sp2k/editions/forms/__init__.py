"""What is typed about an edition, made clean."""
