"""The state of an unfinished run, as one file of tensors: a resumed run equals an uninterrupted one."""

import json
from pathlib import Path

import safetensors
from safetensors.torch import save_file
from torch import Tensor

from ser_core.errors import CheckpointError, ConfigError
from ser_core.storage import write_atomically
from ser_core.training.algorithms import AlgorithmState, section
from ser_core.training.callbacks import Callback
from ser_core.training.events import EpochFigures
from ser_core.training.loop import Trainer


class StateSaver(Callback):
    """Writes the trainer's state after every epoch."""

    def __init__(self, path: Path) -> None:
        """Write to ``path``, each time completely or not at all."""
        self.path = path

    def state_reached(self, trainer: Trainer) -> None:
        """Save."""
        save_state(trainer, self.path)


def save_state(trainer: Trainer, path: Path) -> None:
    """Write everything that decides how training continues.

    Raises:
        StorageError: if the disk is full; the former state is unchanged.
    """
    tensors: dict[str, Tensor] = {f"model.{k}": v for k, v in trainer.model.state_dict().items()}
    state = trainer.algorithm.state()
    tensors |= state.tensors
    tensors |= {f"best.{k}": v for k, v in (trainer.best_weights or {}).items()}
    tensors |= {f"best_objective.{k}": v for k, v in (trainer.best_objective or {}).items()}
    facts = {
        "stage": trainer.stage,
        "epoch": trainer.epoch,
        "history": [figures.as_table() for figures in trainer.history],
        "best_score": trainer.best_score if trainer.best_epoch >= 0 else None,
        "best_epoch": trainer.best_epoch,
        **state.counts,
    }
    copies = {name: value.detach().cpu().contiguous().clone() for name, value in tensors.items()}
    metadata = {"facts": json.dumps(facts)}
    write_atomically(path, lambda temporary: _save(copies, temporary, metadata))


def restore_state(trainer: Trainer, path: Path) -> None:
    """Put a trainer into the state that :func:`save_state` wrote.

    Raises:
        CheckpointError: if the file is missing, damaged or of other settings.
    """
    try:
        with safetensors.safe_open(path, framework="pt") as file:
            facts = json.loads(file.metadata()["facts"])
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 (not a mapping)
        trainer.stage, trainer.epoch = facts["stage"], facts["epoch"]
        trainer.history = [EpochFigures.from_table(figures, "history") for figures in facts["history"]]
        trainer.model.load_state_dict(section(tensors, "model."))
        if trainer.stage >= len(trainer.recipe.stages):
            return
        trainer.begin_stage()
        trainer.algorithm.restore(AlgorithmState(tensors, facts))
        trainer.best_weights = section(tensors, "best.") or None
        trainer.best_objective = section(tensors, "best_objective.") or None
        trainer.best_epoch = facts["best_epoch"]
        if facts["best_score"] is not None:
            trainer.best_score = facts["best_score"]
    except (
        OSError,
        KeyError,
        TypeError,
        ValueError,
        RuntimeError,
        ConfigError,
        safetensors.SafetensorError,
    ) as error:
        reason = str(error).split("\n", 1)[0]
        raise CheckpointError(
            f"Expected the state of this run at {path}; got: {reason}. Start the run again without --resume, "
            "in another folder."
        ) from error


def _save(tensors: dict[str, Tensor], path: Path, metadata: dict[str, str]) -> None:
    try:
        save_file(tensors, path, metadata=metadata)
    except safetensors.SafetensorError as error:
        raise OSError(f"the state could not be written ({error})") from error
