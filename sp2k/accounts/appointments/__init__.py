"""How someone becomes a supervisor: by a leader's paper that two of the bureau record."""
