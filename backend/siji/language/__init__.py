"""What we know of English and Chinese text. Pure Python: no Django, no input or output."""
