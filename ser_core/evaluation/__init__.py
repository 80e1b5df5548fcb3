"""Evaluation of predictions: metrics, confidence intervals, calibration and back ends."""
