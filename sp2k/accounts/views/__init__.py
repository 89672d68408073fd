"""Pages of accounts: the door, invitations, the own profile, people."""
