"""How sure a jury stage's places are: from its frozen count to sentences, pictures and tables. It changes nothing."""
