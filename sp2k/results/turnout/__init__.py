"""Who was judged, who was not, who took no part and whose seat was empty: read once for every document and page."""
