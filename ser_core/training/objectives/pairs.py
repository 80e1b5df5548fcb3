"""Pairs: do two utterances carry the same emotion?"""

from collections.abc import Mapping

from torch import Tensor, nn

from ser_core.losses import PairLoss, SoftmaxLoss
from ser_core.models import Output, Targets
from ser_core.training.objectives.base import LossValue, Objective, ObjectiveContext, class_numbers


class PairObjective(Objective):
    """Cosine embedding loss and same-or-different cross entropy; the model's own head follows on embeddings held fixed.

    References:
        Lian et al. (2018), "A pairwise discriminative task for speech emotion recognition", arXiv 1801.01237.
    """

    minimises = "pairs of embeddings: cosine loss, and same emotion or not; the head learns on embeddings held fixed"
    pairs = True
    judge = "angle"  # an SVM after every epoch would cost more than the epoch
    back_end = "svm"

    def __init__(
        self, context: ObjectiveContext, *, margin: float = 0.1, weight: float = 0.9, hidden: int = 128
    ) -> None:
        """Set the margin, a cosine above which different emotions are pushed apart, and the paper's λ.

        λ is the ``weight`` of the cosine term, in ``[0, 1]``; ``hidden`` are the units of the head that compares two
        utterances.
        """
        super().__init__(context)
        self.pair = PairLoss(embedding_size=context.embedding_size, margin=margin, weight=weight, hidden=hidden)
        self.softmax = SoftmaxLoss()

    def forward(self, output: Output, heads: Mapping[str, nn.Module], targets: Mapping[str, Targets]) -> LossValue:
        """See :class:`Objective`; the batch holds first members, then second members."""
        shares = targets[self.task].values
        first, second = output.embedding.chunk(2)
        of_first, of_second = class_numbers(shares).chunk(2)
        found = self.pair(first, second, of_first == of_second)
        head = self.softmax(heads[self.task](output.embedding.detach()), shares)
        figures = {"cosine": found.cosine, "same": found.cross_entropy, "head": head}
        return LossValue(found.loss + head, {name: float(value.detach()) for name, value in figures.items()})

    def probability_same(self, first: Tensor, second: Tensor) -> Tensor:
        """See :class:`Objective`."""
        probability: Tensor = self.pair.head(first, second).softmax(dim=1)[:, 1]
        return probability
