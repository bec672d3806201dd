"""``make faults``: what breaks, how often, what users notice, and whether any acknowledged answer is lost."""
