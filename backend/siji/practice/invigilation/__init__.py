"""The room while an exam is sat: who is there, how far each is, who has left the page. ``rules`` is pure."""
