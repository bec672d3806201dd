"""What students do: attempts, answers, scripts, marks, reports, class results."""
