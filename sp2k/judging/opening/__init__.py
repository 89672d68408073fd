"""What a panel was told, held against the journal: its room, and what was claimed there."""
