"""The plan's "before": the same pages on the same tables, as a hurried team writes them the first time.

Nothing is slowed on purpose.

What it does as most first versions do: one query for each row it shows, counts where the page is made, every column of every
row, sessions in the database, a connection for each request, no cache, and JSON made by hand. See benchmarks/README.md.
"""
