"""Base classes of losses on the rows of one batch."""

from torch import Tensor, nn

from ser_core.errors import ConfigError, InputError


def check_rows(embeddings: Tensor, labels: Tensor) -> None:
    """Check embeddings ``(B, D)`` and class numbers ``(B,)``.

    Raises:
        InputError: if the shapes do not fit, there is no row, or the labels are no whole numbers.
    """
    if embeddings.ndim != 2 or labels.shape != embeddings.shape[:1] or not len(labels):
        raise InputError(
            f"Expected embeddings (B, D) and one label for each; got {tuple(embeddings.shape)} and "
            f"{tuple(labels.shape)}. Pass the rows of one batch."
        )
    if labels.is_floating_point():
        raise InputError(f"Expected class numbers; got {labels.dtype}. Turn class shares into numbers with argmax.")


class MetricLoss(nn.Module):
    """Base class: a loss defines :meth:`values`; :meth:`forward` checks and averages."""

    def check(self, embeddings: Tensor, labels: Tensor) -> None:
        """Refuse input that cannot be compared; see :func:`check_rows`."""
        check_rows(embeddings, labels)

    def values(self, embeddings: Tensor, labels: Tensor) -> Tensor:
        """Compute one value per comparison from embeddings ``(B, D)`` and class numbers ``(B,)``; shape ``(M,)``."""
        raise TypeError(f"{type(self).__name__} has to define values")

    def reduce(self, values: Tensor, labels: Tensor) -> Tensor:
        """Average; zero, with a gradient, when the batch holds no comparison."""
        return values.sum() / max(values.numel(), 1)

    def forward(self, embeddings: Tensor, labels: Tensor) -> Tensor:
        """Return the mean over ``(B, D)`` with class numbers ``(B,)``; raises InputError if the shapes do not fit."""
        self.check(embeddings, labels)
        return self.reduce(self.values(embeddings, labels), labels)


class ClassVectorLoss(MetricLoss):
    """Base of losses that compare embeddings with one vector per class, shape ``(K, D)``."""

    def __init__(self, *, classes: int, embedding_size: int) -> None:
        """Set number and size of the class vectors; raises ConfigError for fewer than 2 classes or no size."""
        super().__init__()
        if classes < 2 or embedding_size < 1:
            raise ConfigError(
                f"Expected at least 2 classes and an embedding of at least 1 value; got {classes} and "
                f"{embedding_size}. Pass the model's own numbers."
            )
        self.classes = classes
        self.embedding_size = embedding_size

    def check(self, embeddings: Tensor, labels: Tensor) -> None:
        """Refuse also embeddings of another size and classes without a vector."""
        super().check(embeddings, labels)
        if embeddings.shape[1] != self.embedding_size:
            raise InputError(
                f"Expected embeddings of {self.embedding_size} values, as the class vectors have; got "
                f"{embeddings.shape[1]}. Build the loss with embedding_size={embeddings.shape[1]}."
            )
        lowest, highest = int(labels.min()), int(labels.max())
        if lowest < 0 or highest >= self.classes:
            raise InputError(
                f"Expected class numbers from 0 to {self.classes - 1}; got {lowest} to {highest}. "
                "Build the loss with the number of classes of the corpus."
            )
