"""Whether what is stored still is what the journal tells: opening everything, the verdict, the state of an edition."""
