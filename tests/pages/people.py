"""The ready logins of the demonstration, one a role."""

USERNAMES = ("provinsi", "kabupaten", "verifikator", "camat", "ketua", "juri", "pengawas", "pimpinan", "admin")
