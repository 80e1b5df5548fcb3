"""What a model says of a whole corpus after a stage, in a file: a run that is resumed has the stages before, too."""

import json
from pathlib import Path

import numpy as np
import safetensors
from safetensors.numpy import save_file

from ser_core.errors import CheckpointError, reason_of
from ser_core.models.running import ModelOutputs
from ser_core.storage import write_atomically

_HEAD = "head."


def outputs_file(folder: Path, stage: int) -> Path:
    """Return where the outputs after a stage lie, counted from 0."""
    return folder / f"stage-{stage}.safetensors"


def write_outputs(path: Path, outputs: ModelOutputs, same_accuracy: float | None) -> None:
    """Write outputs bit for bit, and the recall of same-or-different; raises StorageError if the disk is full."""
    arrays = {"embeddings": outputs.embeddings, **{_HEAD + name: values for name, values in outputs.heads.items()}}
    arrays = {name: np.ascontiguousarray(values) for name, values in arrays.items()}
    metadata = {"same_accuracy": json.dumps(same_accuracy)}
    write_atomically(path, lambda file: save_file(arrays, file, metadata=metadata))


def read_outputs(path: Path) -> tuple[ModelOutputs, float | None]:
    """Read back what :func:`write_outputs` wrote; raises CheckpointError if the file is missing or damaged."""
    try:
        with safetensors.safe_open(path, framework="np") as file:
            arrays = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 (not a mapping)
            same_accuracy = json.loads(file.metadata()["same_accuracy"])
        heads = {name.removeprefix(_HEAD): values for name, values in arrays.items() if name.startswith(_HEAD)}
        return ModelOutputs(arrays["embeddings"], heads), same_accuracy
    except (OSError, KeyError, TypeError, ValueError, safetensors.SafetensorError) as error:
        raise CheckpointError(
            f"Expected the outputs after a stage at {path}; got: {reason_of(error)}. Train from the beginning, in "
            "another folder."
        ) from error
