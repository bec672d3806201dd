"""When somebody must be woken: rules over the measured figures, what is open, and who was told."""
