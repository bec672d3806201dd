"""``make bench-alerting``: from a fault to the message that a person receives, and how often one comes for nothing."""
