"""A regency's part in an edition: how far its kecamatan are, its own ranking, its answer, its minutes."""
