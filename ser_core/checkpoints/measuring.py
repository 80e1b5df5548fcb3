"""A checkpoint whose card, of an earlier release, says nothing of its probabilities and ranges: measured afterwards."""

import shutil
from pathlib import Path
from typing import Any

import numpy as np

from ser_core.checkpoints.card import ATLAS, WEIGHTS, check_digests, read_card, write_card
from ser_core.checkpoints.store import replaced
from ser_core.errors import CheckpointError, InputError
from ser_core.evaluation.reliability import Reliability, reliability


def measured(folder: Path) -> Reliability:
    """Measure from a checkpoint's atlas what its probabilities and ranges are worth on its test speech.

    The atlas holds what the model says of every utterance of its corpus; no sound is needed. The result is that of
    training, where the same is measured.

    Raises:
        CheckpointError: if there is no checkpoint or no atlas, either is damaged, or no speech was left out for a test.
    """
    import pandas
    from safetensors import SafetensorError, safe_open

    card = read_card(folder)
    check_digests(folder)
    try:
        with safe_open(folder / WEIGHTS, framework="numpy") as tensors:
            ranges = np.asarray(tensors.get_tensor("ranges"))
        atlas = pandas.read_parquet(folder / ATLAS)
        return reliability(atlas[atlas["split"] == "test"], card["labels"], ranges, seed=card["seed"])
    except (OSError, ValueError, KeyError, InputError, SafetensorError) as error:
        raise CheckpointError(
            f"Expected a checkpoint with an atlas that holds test utterances at {folder}; got: {error} "
            "Train it anew with a protocol that leaves speakers out: python -m ser_core protocols"
        ) from error


def measure(folder: Path) -> dict[str, Any]:
    """Write into a checkpoint's card what :func:`measured` finds; nothing else in the folder changes.

    Returns:
        The card.

    Raises:
        CheckpointError: as in :func:`measured`.
        StorageError: if it cannot be written; what was there is unchanged.
    """
    card = read_card(folder) | {"reliability": measured(folder).as_table()}
    with replaced(folder) as new:
        shutil.copytree(folder, new, dirs_exist_ok=True)
        write_card(new, card)
    return card
