"""How one machine runs it: database, cache, supervisor, command line.

``siji up`` starts the same processes a school or a province runs many times behind a balancer. A server that the environment
names (DATABASE_URL, CACHE_URL, BROKER_URL) is used as it is; the others are started here, from the wheels, under SIJI_HOME.
Nothing outside this room knows the difference.
"""
