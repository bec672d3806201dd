"""How we ask a model. No domain words here: callers bring the prompt and the schema."""
