"""How we see it: health of this process and of the parts. Reads the others; nobody imports it."""
