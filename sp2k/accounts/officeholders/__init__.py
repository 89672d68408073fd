"""Who holds which office in which region and when: camat, heads of government, their secretaries. No account is needed."""
