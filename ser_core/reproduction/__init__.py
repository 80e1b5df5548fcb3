"""Do the papers' claims hold here? Experiments, what is kept of them, verdicts, and the report."""
