"""Stories told in a real browser against the whole product: ``make test-browser``."""
