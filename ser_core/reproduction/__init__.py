"""Reproduction of papers' claims: experiments, saved results, verdicts and the report."""
