"""One student's personal data: handed out whole, or taken away."""
