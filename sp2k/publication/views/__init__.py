"""The public pages, and the decision before them."""
