"""Another temperature and other ranges for a finished model; its network and its directions stay."""

import dataclasses
import shutil
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file

from ser_core.checkpoints.card import Card
from ser_core.checkpoints.folder import ATLAS, WEIGHTS, write_card
from ser_core.checkpoints.measuring import measured
from ser_core.checkpoints.store import load_checkpoint, replaced
from ser_core.evaluation.calibration import softmax
from ser_core.evaluation.left_out import FittedOnLeftOut, widened_ranges
from ser_core.models.running import run_head
from ser_core.paths import is_file
from ser_core.tables import read_frame
from ser_core.types import Degrees


def development_fit(folder: Path) -> tuple[float, Mapping[str, Degrees]]:
    """Return temperature and ranges of a checkpoint as its development speakers set them, also if refitted since.

    Raises:
        CheckpointError: if the checkpoint is missing or damaged.
    """
    checkpoint = load_checkpoint(folder)
    found = checkpoint.card.left_out
    if found is not None:
        return found.temperature_by_development, found.ranges_by_development
    return checkpoint.temperature, dict(zip(checkpoint.labels, map(float, checkpoint.ranges), strict=True))


def refit(folder: Path, found: FittedOnLeftOut) -> Card:
    """Give a checkpoint the temperature and the ranges that were fitted on corpora left out; returns its new card.

    The probabilities in its atlas and its reliability are computed again. Scores on other corpora leave the card, since
    they were those of other probabilities and ranges.

    Raises:
        CheckpointError: if the checkpoint is missing or damaged.
        StorageError: if it cannot be written; the former one is unchanged.
    """
    checkpoint = load_checkpoint(folder)
    labels = checkpoint.labels
    ranges = widened_ranges(np.array([found.ranges_by_development[name] for name in labels]), found.widened_degrees)
    tensors = load_file(folder / WEIGHTS)
    tensors["temperature"] = torch.tensor([found.temperature])
    tensors["ranges"] = torch.from_numpy(ranges.astype(np.float32))
    card = dataclasses.replace(checkpoint.card, left_out=found, elsewhere=())
    with replaced(folder) as new:
        shutil.copytree(folder, new, dirs_exist_ok=True)
        save_file(tensors, new / WEIGHTS)
        if is_file(folder / ATLAS):
            atlas = read_frame(folder / ATLAS, ATLAS)
            vectors = np.stack(atlas["embedding"].to_list()).astype(np.float32)
            probabilities = softmax(run_head(checkpoint.model, vectors), found.temperature)
            for number, label in enumerate(labels):
                atlas[f"probability_{label}"] = probabilities[:, number].astype(np.float32)
            atlas.to_parquet(new / ATLAS, index=False)
        write_card(new, card)
        if card.reliability is not None:
            card = dataclasses.replace(card, reliability=measured(new))
            write_card(new, card)
    return card
