"""A recipe as a chain of blocks, from the utterance to the decision, measured on the model that it builds."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from ser_core.checkpoints.store import fresh_model
from ser_core.errors import ConfigError
from ser_core.inputs import inputs_of
from ser_core.inputs.disturbed import disturbance_words
from ser_core.models import EMOTION, EmotionModel
from ser_core.models.layout import Block, block_of
from ser_core.recipes import Recipe, Stage
from ser_core.tasks import DIMENSIONS, RATINGS
from ser_core.tasks.arousal import AROUSAL
from ser_core.training.fit import main_back_end, no_loss, parameter_count
from ser_core.training.objectives import ObjectiveContext, build_objective
from ser_core.types import Seconds

DECIDES: Mapping[str, str] = {
    "head": "the head's most probable emotion",
    "angle": "the emotion whose direction has the smallest angle to the embedding",
    "svm": "a support vector machine on the embeddings",
    "knn": "the nearest known embeddings",
}


@dataclass(frozen=True)
class Architecture:
    """A recipe's model: blocks from the utterance to the decision, those of the network between front end and stages.

    ``parameters`` counts the weights without those of objectives; ``seconds`` is the length of the utterance whose
    sizes the blocks state; the head distinguishes ``emotions`` classes.
    """

    title: str
    blocks: tuple[Block, ...]
    parameters: int
    seconds: Seconds
    emotions: int

    @property
    def groups(self) -> list[tuple[Block, int]]:
        """The blocks, those that are alike and follow each other as one, and how many each stands for."""
        return [(block, len(list(alike))) for block, alike in itertools.groupby(self.blocks)]

    @property
    def total(self) -> str:
        """All weights, and for what they are counted."""
        return f"{self.parameters:,} weights in all, for {self.emotions} emotions"

    def summary(self) -> str:
        """Tell the chain in one line: the front end, how many blocks of each kind, and all weights."""
        steps = []
        for title, alike in itertools.groupby(self.blocks, key=lambda block: (block.kind, block.title)):
            blocks = list(alike)
            kind, name = title
            count = f"{len(blocks)} × " if len(blocks) > 1 else ""
            size = f" ({blocks[-1].shape})" if kind in ("front end", "embedding") and blocks[-1].sizes else ""
            if kind not in ("utterance", "stage", "decision"):
                steps.append(f"{count}{name}{size}")
        return f"{' → '.join(steps)}; {self.total}"

    def rows(self) -> list[dict[str, object]]:
        """Tell the same as the picture as a table: one row per block."""
        return [
            {
                "block": block.title if count == 1 else f"{count} × {block.title}",
                "what it does": f"{block.detail}; shortcut: {block.shortcut}" if block.shortcut else block.detail,
                "hands on": block.shape,
                "weights": count * block.parameters,
            }
            for block, count in self.groups
        ]


def architecture_of(recipe: Recipe, *, emotions: int, seconds: Seconds = 3.0) -> Architecture:
    """Build a recipe's model on PyTorch's meta device, and compute the sizes for an utterance of ``seconds``.

    Raises:
        ConfigError: if the model or an objective cannot exist with these settings or has more parameters than the
            recipe allows, or the utterance has no sample.
    """
    inputs = inputs_of(recipe)
    samples = round(seconds * recipe.front_end.sample_rate)
    if samples < 1:
        raise ConfigError(f"Expected an utterance of at least one sample; got {seconds:g} s. Name a longer one.")
    heads = _heads(recipe, emotions)
    parameter_count(recipe, heads)
    sizes = {name: item.shape(seconds) for name, item in inputs.items()}
    with torch.device("meta"):  # nothing is allocated, and no random number drawn
        model = fresh_model(recipe, heads)
        stages = [_stage_block(recipe, number, heads) for number in range(len(recipe.stages))]
        network = _measured(model, {name: torch.empty(size) for name, size in sizes.items()})
    heard = [f"{seconds:g} s, one channel", disturbance_words(recipe.disturbances)]
    utterance = Block("utterance", "utterance", "; ".join(filter(None, heard)), ("samples",), (samples,))
    decision = Block("decision", "decision", DECIDES[main_back_end(recipe)])
    return Architecture(
        title=recipe.title,
        blocks=(utterance, *(item.block(sizes[name]) for name, item in inputs.items()), *network, *stages, decision),
        parameters=sum(parameter.numel() for parameter in model.parameters()),
        seconds=seconds,
        emotions=emotions,
    )


def _measured(model: EmotionModel, inputs: Mapping[str, Tensor]) -> list[Block]:
    """Describe a network; an encoder that looks at values, as packed sequences do, has no sizes without them."""
    try:
        return model.blocks(inputs)
    except (NotImplementedError, RuntimeError):
        return [block_of(part) for part in model.layout()]


def _heads(recipe: Recipe, emotions: int) -> dict[str, int]:
    """Return the outputs of every head before the corpus is read; classes other than emotions are unknown, so two."""
    sizes = {EMOTION: emotions, RATINGS: len(DIMENSIONS), AROUSAL: 1}
    return {task.kind: len(task.options.get("dimensions", ())) or sizes.get(task.kind, 2) for task in recipe.tasks}


def _stage_block(recipe: Recipe, number: int, heads: Mapping[str, int]) -> Block:
    stage = recipe.stages[number]
    context = ObjectiveContext((1,) * heads[recipe.tasks[0].kind], recipe.embedding_size, task_loss=no_loss)
    objective = build_objective(stage.objective, stage.options, context)
    options = ", ".join(f"{name.replace('_', ' ')} {_value(value)}" for name, value in stage.options.items())
    at_most = "at most " if stage.patience else ""
    words = [
        objective.minimises + (f" ({options})" if options else ""),
        f"{at_most}{stage.epochs} {'epoch' if stage.epochs == 1 else 'epochs'}",
        f"rate {stage.learning_rate:g}, {stage.schedule}",
        _batches(stage, pairs=objective.pairs),
        f"the {stage.keep} epoch is kept",
    ]
    own = sum(parameter.numel() for parameter in objective.parameters())
    title = f"stage {number + 1}: {stage.name}"
    return Block("stage", title, "; ".join(words), parameters=own)


def _batches(stage: Stage, *, pairs: bool) -> str:
    if stage.utterances_per_class:
        emotions = stage.classes_per_batch or "all"
        return f"batches of {stage.utterances_per_class} utterances of {emotions} emotions"
    if pairs:
        return f"batches of {stage.batch_size} pairs, {stage.positive_share:.0%} of one emotion"
    groups = f", each of {stage.speakers_per_batch} speakers" if stage.speakers_per_batch else ""
    return f"batches of {stage.batch_size}{groups}"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)
