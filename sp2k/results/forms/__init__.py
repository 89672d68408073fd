"""Text from outside to clean values, each form in the module of its page."""
