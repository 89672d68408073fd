"""From the last frozen count to the announcement: what the page of the decision shows."""
