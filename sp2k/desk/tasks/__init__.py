"""What waits for a person today: each group of roles in its module, the most urgent first."""
