"""The next release of the drill: one migration of a large table more. Loaded by one ``siji migrate`` alone."""
