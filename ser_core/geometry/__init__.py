"""Looking at a finished embedding space: angles, neighbours and projections, in NumPy."""
