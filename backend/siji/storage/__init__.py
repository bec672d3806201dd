"""How data stays fast: keyset pages, event streams, files. Knows no app."""
