"""How far jurors agree and how well the panel tells entries apart."""
