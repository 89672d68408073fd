"""Letters of invitation, for whoever is told on paper."""
