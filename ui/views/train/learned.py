"""What a run has learned, at a glance: against guessing, and against softmax alone."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ui.components.percent import percent
from ui.components.text import plain

if TYPE_CHECKING:
    from ser_core.embeddings.forming import FormingSpace
    from ser_core.training.jobs import RunState


def learned_in_words(run: "RunState", formed: "FormingSpace | None") -> str:
    """Say in Markdown how many utterances of other voices are judged right, by the nearest direction.

    Args:
        run: how it stands.
        formed: its space; without one the figures of its log are taken.
    """
    if formed is not None and formed.epochs[-1].unheard is not None:
        chance = formed.chance
        steps = [(one.stage, one.unheard.accuracy) for one in formed.epochs if one.epoch and one.unheard is not None]
    else:
        chance = 1 / len(run.labels) if run.labels else 0.0
        steps = [(one.stage, one.development_uar_angle) for one in run.history if one.development_uar_angle is not None]
    if not steps or not chance:
        return ""
    now, guessed = percent(steps[-1][1], digits=0), percent(chance, digits=0)
    return f"**{now} right on voices it does not learn from.** Guessing: {guessed}.{_before(steps)}"


def _before(steps: Sequence[tuple[str, float]]) -> str:
    """Say how the stages before the present one ended."""
    ends = dict(steps)  # the last epoch of each stage
    del ends[steps[-1][0]]
    told = [f" At the end of stage {plain(stage)}: {percent(score, digits=0)}." for stage, score in ends.items()]
    return "".join(told)
