"""The model that `listen` and `track` take where none is named."""

DEFAULT_MODEL = "ravdess-residual"
