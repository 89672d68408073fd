"""What is done when something breaks: a code for the person, the trace under it on stderr, nothing lost (ADR 0033)."""
