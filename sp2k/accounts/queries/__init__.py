"""Reading accounts: who may be seen, what the door knows, what an edition asks."""
