"""What opens an account besides the password: one-time tokens, short codes, one-time passwords, their pictures."""
