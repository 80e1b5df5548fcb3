"""Speech emotion as geometry: train small models and measure the effect of a loss on their embedding."""

__version__ = "0.1.0"
