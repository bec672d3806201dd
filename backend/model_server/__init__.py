"""A model endpoint on this machine, true to DeepSeek's protocol, for tests, benchmarks and trials of failure.

Real HTTP/1.1: kept-alive connections, server-sent events, ``thinking``, ``json_object``, token counts with the prefix cache,
first token and token rate as a real one has them (seeded). It answers as its script says, goes wrong in the ways that ``faults``
names, counts connections and calls, bills what it worked on, and keeps the requests so that a test can read what left the
product.

It stands beside the product and knows nothing of it; the product never imports it (an import contract says so).
``python -m model_server`` runs it as a process of its own; ``model_server.running.running()`` runs it in a thread.
"""
