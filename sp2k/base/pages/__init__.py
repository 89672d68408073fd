"""What pages are made of: form fields, files from outside, acting from a page, long lists."""
