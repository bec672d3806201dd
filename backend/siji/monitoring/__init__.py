"""How we see it and what an administrator sets of the gateway: health of this process and of the parts. Nobody imports it."""
