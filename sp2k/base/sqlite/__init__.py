"""SQLite as Django knows it, except that a full, busy or read-only storage is a refusal with its sentence (ADR 0033)."""
