"""What we know of English and Chinese text. Pure Python: no Django, and nothing read but its own tables, once a process."""
