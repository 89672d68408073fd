"""Pages on what a stage's count says, each in the module of its noun."""
