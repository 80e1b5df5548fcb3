"""Analysis of a finished embedding space: angles, neighbours, projections, metrics and probes; without torch."""
