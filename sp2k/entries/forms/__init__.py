"""Text from outside to clean values: the filled instrument, the verifier's findings, innovations."""
