"""Why an entry stands where it stands: what each indicator adds to its total, exactly."""
