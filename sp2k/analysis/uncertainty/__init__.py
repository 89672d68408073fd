"""How sure are the places: other jurors, one juror fewer, other indicators, and what can be told apart at all."""
