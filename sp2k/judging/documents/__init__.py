"""What is printed for the panel."""
