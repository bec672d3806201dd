"""How we ask a model: client, limits, budget, breaker, call ledger, prompts; and text to speech. No domain words.

``gateway.ask`` and ``gateway.ask_streamed`` are the only ways in. Without an endpoint they fail at once with ``NO_ENDPOINT``,
and the caller goes on with the built-in engine.
"""
