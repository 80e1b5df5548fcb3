"""Predictions against truth: metrics, their uncertainty, calibration, and the back ends that are scored."""
