"""Looking at a finished embedding space: angles, neighbours, projections, numbers and probes, without torch."""
