"""Whether a school may trust an engine, and what follows from it.

    anchor scripts marked blind → ``figures`` of agreement → the teacher's bar (a ``ReleaseRule``) → ``releasing`` a model's mark
    a student's appeal → a blind second marking → the teacher's decision (``appealing``)

Figures are of one model with one prompt: with another of either, what is released waits for a person again.
"""
