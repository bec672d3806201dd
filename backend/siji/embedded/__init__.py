"""How one machine runs it: database, cache, supervisor, command line."""
