"""The edition file while it is still a draft: its text changed in place, moved to another year, taken from the shelf."""
