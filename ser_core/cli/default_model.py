"""Default model of `listen` and `track`."""

DEFAULT_MODEL = "ravdess-residual"
