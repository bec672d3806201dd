"""How work survives: the job is a row with a state, a lease and attempts; Celery only wakes it."""
