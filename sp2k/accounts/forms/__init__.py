"""From what is typed at the door, in a profile and about people to clean values."""
