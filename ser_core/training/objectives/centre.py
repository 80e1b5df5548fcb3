"""Softmax and centre loss together: classes are separated, and each is drawn to its centre."""

from collections.abc import Mapping

from torch import nn

from ser_core.errors import ConfigError
from ser_core.losses import CentreLoss, SoftmaxLoss, inverse_count_weights
from ser_core.models import Output, Targets
from ser_core.training.objectives.base import LossValue, Objective, ObjectiveContext, class_numbers


class CentreObjective(Objective):
    """``softmax + weight * centre``, both terms with the same class weights.

    The paper leaves open by how much each term is divided, on which the meaning of ``weight`` depends. Softmax is a
    weighted mean: divided by the sum of the batch's class weights, whose mean over the training set is one. The centre
    term is divided as ``normalisation`` says; ``weighted-mean`` divides it like softmax.

    References:
        Dai et al. (2019), "Learning discriminative features from spectrograms using center loss for speech emotion
        recognition", ICASSP.
    """

    minimises = "cross entropy of the head, and weight × centre loss on the embedding"

    def __init__(
        self,
        context: ObjectiveContext,
        *,
        weight: float = 0.3,
        rate: float = 0.5,
        update: str = "moving-average",
        normalisation: str = "mean",
        half: bool = True,
        weighted: bool = True,
    ) -> None:
        """Set the paper's λ and α, and the options of :class:`ser_core.losses.CentreLoss`.

        Args:
            weight: of the centre term, λ, in ``[0, 1]``; zero leaves softmax alone.
            rate: at which centres follow the batch, α.
            weighted: weigh classes inversely to their number of training utterances, in both terms.
        """
        super().__init__(context)
        if not 0 <= weight <= 1:
            raise ConfigError(f"Expected a weight of the centre loss (λ) in [0, 1]; got {weight}. The paper uses 0.3.")
        weights = inverse_count_weights(context.class_counts) if weighted else None
        self.weight = weight
        self.softmax = SoftmaxLoss(class_weights=weights)
        self.centre = CentreLoss(
            classes=context.classes,
            embedding_size=context.embedding_size,
            rate=rate,
            update=update,
            normalisation=normalisation,
            half=half,
            class_weights=weights,
        )

    def forward(self, output: Output, heads: Mapping[str, nn.Module], targets: Mapping[str, Targets]) -> LossValue:
        """See :class:`Objective`."""
        shares = targets[self.task].values
        softmax = self.softmax(output.heads[self.task], shares)
        centre = self.centre(output.embedding, class_numbers(shares))
        figures = {"softmax": float(softmax.detach()), "centre": float(centre.detach())}
        return LossValue(softmax + self.weight * centre, figures)
