"""The loss of the recipe's first task, of whatever kind; and the losses of further tasks beside an objective."""

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn

from ser_core.errors import ConfigError
from ser_core.models import Output, Targets
from ser_core.tasks import Task
from ser_core.training.objectives.base import LossValue, Objective, ObjectiveContext


class TaskObjective(Objective):
    """The task's own loss, through the whole network."""

    minimises = "the loss of the first task, through the whole network"
    classes_only = False
    mixes = True

    def __init__(self, context: ObjectiveContext) -> None:
        """Take the loss from the context; raises ConfigError if it knows none."""
        super().__init__(context)
        if context.task_loss is None:
            raise ConfigError("Expected a task with a loss of its own; got none. Choose another objective.")
        self.task_loss = context.task_loss

    def forward(self, output: Output, heads: Mapping[str, nn.Module], targets: Mapping[str, Targets]) -> LossValue:
        """See :class:`Objective`."""
        own = targets[self.task]
        return LossValue(self.task_loss(output.heads[self.task], own.values, own.present), {})


class JointObjective(Objective):
    """A stage's objective on the first task, and the loss of every other task, each by its weight.

    ``w_1 · objective + Σ_i w_i · loss_i``, each over the utterances of the batch that have a label for it.
    """

    def __init__(self, first: Objective, weight: float, others: Sequence[tuple[Task, float]]) -> None:
        """Join an objective, which only sees utterances with a label of its task, and further tasks with weights."""
        nn.Module.__init__(self)
        self.first, self.weight, self.others = first, weight, tuple(others)
        self.task, self.classes_only = first.task, first.classes_only
        self.mixes, self.pairs, self.judge, self.back_end = first.mixes, first.pairs, first.judge, first.back_end

    def forward(self, output: Output, heads: Mapping[str, nn.Module], targets: Mapping[str, Targets]) -> LossValue:
        """See :class:`Objective`."""
        loss, figures = self._of_first(output, heads, targets)
        loss, shown = self.weight * loss, dict(figures)
        for task, weight in self.others:
            own = targets[task.name]
            value = task.loss(output.heads[task.name], own.values, own.present)
            loss = loss + weight * value
            shown[f"{task.name}_loss"] = float(value.detach())
        return LossValue(loss, shown)

    def _of_first(self, output: Output, heads: Mapping[str, nn.Module], targets: Mapping[str, Targets]) -> LossValue:
        present = targets[self.task].present
        if not self.classes_only or bool(present.all()):
            return self.first(output, heads, targets)  # type: ignore[no-any-return]
        if not present.any():
            return LossValue(output.embedding.sum() * 0, {})
        rows = torch.nonzero(present)[:, 0]
        chosen = Output(output.embedding[rows], {name: values[rows] for name, values in output.heads.items()})
        kept = {name: Targets(one.values[rows], one.present[rows]) for name, one in targets.items()}
        return self.first(chosen, heads, kept)  # type: ignore[no-any-return]

    def probability_same(self, first: Tensor, second: Tensor) -> Tensor:
        """See :class:`Objective`."""
        return self.first.probability_same(first, second)
