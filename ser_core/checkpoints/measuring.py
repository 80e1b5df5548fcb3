"""Figures that are added to the card of a finished checkpoint: its reliability, its scores on other corpora."""

import dataclasses
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ser_core import plain_json
from ser_core.checkpoints.card import Card
from ser_core.checkpoints.folder import ATLAS, WEIGHTS, check_digests, read_card, weights_digest, write_card
from ser_core.checkpoints.listing import find
from ser_core.checkpoints.store import replaced
from ser_core.errors import CheckpointError, ConfigError, InputError
from ser_core.evaluation.cross_corpus import CrossCorpusSummary, StrangerScore
from ser_core.evaluation.reliability import Reliability, reliability
from ser_core.tables import read_frame


def measured(folder: Path) -> Reliability:
    """Measure the reliability of a checkpoint on its test speech from its atlas, as after training; needs no sound.

    Raises:
        CheckpointError: if there is no checkpoint or no atlas, either is damaged, or no speech was left out for a test.
        InputError: if the model predicts no emotions.
    """
    from safetensors import SafetensorError, safe_open

    card = read_card(folder)
    card.require_emotions()
    check_digests(folder)
    try:
        with safe_open(folder / WEIGHTS, framework="numpy") as tensors:
            ranges = np.asarray(tensors.get_tensor("ranges"))
        atlas = read_frame(folder / ATLAS, ATLAS)
        return reliability(atlas[atlas["split"] == "test"], card.labels, ranges, seed=card.seed)
    except (OSError, ValueError, KeyError, InputError, SafetensorError) as error:
        raise CheckpointError(
            f"Expected a checkpoint with an atlas that holds test utterances at {folder}; got: {error} "
            "Train it again with a protocol that leaves speakers out: python -m ser_core protocols"
        ) from error


def measure(folder: Path) -> Card:
    """Write :func:`measured` into a checkpoint's card; nothing else in the folder changes.

    Raises:
        CheckpointError: as in :func:`measured`.
        StorageError: if it cannot be written; the former card is unchanged.
    """
    with replaced(folder) as new:
        card = dataclasses.replace(read_card(folder), reliability=measured(folder))
        shutil.copytree(folder, new, dirs_exist_ok=True)
        write_card(new, card)
    return card


def add_scores(path: Path) -> tuple[Path, Card]:
    """Write the scores of a file of ``evaluate --checkpoint`` into its model's card; returns folder and card.

    Raises:
        ConfigError: if the file is damaged or something else.
        CheckpointError: if there is no such model, or other weights were scored.
        StorageError: if the card cannot be written; the former card is unchanged.
    """
    try:
        content = plain_json.read(path)
        name, digest = str(content["checkpoint"]), str(content["checkpoint_digest"])
        if any("adapted" in one for one in content["corpora"]):
            raise ConfigError("transductive scores, for which unlabelled test speech was used")
        found = tuple(CrossCorpusSummary.from_table(one, "elsewhere") for one in content["elsewhere"])
    except (OSError, ValueError, LookupError, TypeError, ConfigError) as error:
        raise ConfigError(
            f"Expected the file of `evaluate --checkpoint` at {path}; got: {error}. Make it again with that command."
        ) from error
    folder = find(name)
    if weights_digest(folder) != digest:
        raise CheckpointError(
            f"Expected scores of the weights in {folder}; those in {path} are of other weights. "
            f"Score this model again with: python -m ser_core evaluate --checkpoint {name}"
        )
    card = dataclasses.replace(read_card(folder), elsewhere=found)
    with replaced(folder) as new:
        shutil.copytree(folder, new, dirs_exist_ok=True)
        write_card(new, card)
    return folder, card


def add_strangers(name: str, recipe: str, scores: Sequence[StrangerScore]) -> tuple[Path, Card]:
    """Write the scores of models trained likewise, without the tested corpus, into a card; returns folder and card.

    Raises:
        CheckpointError: if there is no such model, or another recipe trained it.
        StorageError: if the card cannot be written; the former card is unchanged.
    """
    folder = find(name)
    card = read_card(folder)
    if card.recipe != recipe:
        raise CheckpointError(
            f"Expected scores of the recipe {card.recipe}, which trained {card.name}; got those of {recipe}. "
            "Measure that recipe, or choose another model."
        )
    card = dataclasses.replace(card, strangers=tuple(scores))
    with replaced(folder) as new:
        shutil.copytree(folder, new, dirs_exist_ok=True)
        write_card(new, card)
    return folder, card
