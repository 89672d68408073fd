"""Minutes that the rooms of judging print: what is read, and the PDF beside it."""
