"""What of an edition is held against its journal beside its rules: what belongs to it, and its dates over time."""
