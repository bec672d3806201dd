"""``make bench``: a school day as load, on the whole product behind its production front door. See benchmarks/README.md."""
