"""The record of acts: what the journals say that people did, as far as the reader may know it."""
