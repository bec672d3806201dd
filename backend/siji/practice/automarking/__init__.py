"""Marks that no person gave: the built-in engine's at once, the model's when it comes, both provisional.

    closing → a job for each script and engine → ``builtin`` or ``model`` → a ``MachineMark``, the result settled, the page told

Neither is a ``Mark``: only a teacher's (or the rule for a blank script) counts. ``rules`` says what a model's answer may be, what
mark it makes, and when a person has to look. A model is asked outside every transaction; without one the built-in mark stands.
"""
