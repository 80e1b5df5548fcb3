"""Speech emotion as geometry: train small models, measure what a loss does to their embedding."""

__version__ = "0.1.0"
