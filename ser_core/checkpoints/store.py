"""Saving and loading a checkpoint: tensors and JSON, nothing that runs when it is read."""

import contextlib
import dataclasses
import functools
import importlib.metadata
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import safetensors
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from ser_core.checkpoints.card import Card
from ser_core.checkpoints.folder import (
    ATLAS,
    WEIGHTS,
    check_digests,
    read_card,
    weights_digest,
    write_card,
)
from ser_core.errors import CheckpointError, InputError, SerError
from ser_core.evaluation.back_ends import FITTED, BackEndInputs, BackEndSettings, Fitted
from ser_core.features import FrontEnd
from ser_core.inputs import Input, carried_by, inputs_of
from ser_core.leftovers import prefix_while_replaced, prefix_while_writing
from ser_core.models import AUDIO, EmotionModel, InputEncoder, build_model
from ser_core.models.sizes import check_activations
from ser_core.pretrained import NETWORKS, frozen_network
from ser_core.recipes import Recipe
from ser_core.storage import advice_when_full
from ser_core.types import FloatArray, IntArray

if TYPE_CHECKING:
    import pandas

_MODEL = "model."
_KEPT = "input."  # then the input's name, then that of one of its tensors
_ROUNDING = 1e-3  # of the length of a direction
_PACKAGES = ("torch", "numpy", "soundfile", "soxr", "scikit-learn", "safetensors")


@dataclass(frozen=True)
class Trained:
    """A trained model and what its back ends need.

    Attributes:
        model: in evaluation mode.
        directions: one unit vector per class, shape ``(K, D)``.
        ranges: 90 % quantile of each class's angles on development speakers, in degrees, shape ``(K,)``.
        temperature: that divides the head's logits.
        training_embeddings: shape ``(n, D)``; SVM and nearest neighbours are fitted on them.
        training_targets: class number of each, shape ``(n,)``.
    """

    model: EmotionModel
    directions: FloatArray
    ranges: FloatArray
    temperature: float
    training_embeddings: FloatArray
    training_targets: IntArray


@dataclass(frozen=True)
class Checkpoint(Trained):
    """A trained model with its card.

    Attributes:
        digest: SHA-256 of the weights' file, empty before it is written.
        kept: what its inputs bring along, by the input's name, as of :meth:`ser_core.inputs.Input.kept_of`.
    """

    card: Card
    digest: str = ""
    kept: Mapping[str, Mapping[str, Tensor]] = field(default_factory=dict)

    @property
    def labels(self) -> tuple[str, ...]:
        """Classes in the order of every array."""
        return self.card.labels

    @property
    def front_end(self) -> FrontEnd:
        """Settings of the front end the model was trained with."""
        return self.card.settings.front_end

    @functools.cached_property
    def inputs(self) -> dict[str, Input]:
        """What the model takes of an utterance, by the input's name."""
        built = inputs_of(self.card.settings)
        return {name: item.with_kept(self.kept[name]) if name in self.kept else item for name, item in built.items()}

    @functools.cached_property
    def fitted_back_end(self) -> Fitted:
        """The back end of the card, fitted on the training embeddings once; for those in :data:`FITTED` alone."""
        labels = [self.labels[target] for target in self.training_targets]
        known = BackEndInputs(
            self.labels,
            training_embeddings=self.training_embeddings,
            training_labels=labels,
            settings=back_end_settings(self.card.settings),
        )
        return FITTED[self.card.back_end](known)


def back_end_settings(recipe: Recipe) -> BackEndSettings:
    """Return the settings in a recipe of the back ends that learn from training embeddings."""
    return BackEndSettings(recipe.svm_kernel, recipe.svm_penalty, recipe.knn_neighbours)


def save_checkpoint(folder: Path, checkpoint: Checkpoint, atlas: "pandas.DataFrame | None" = None) -> None:
    """Write a checkpoint completely or not at all; an existing one is replaced once the new one is complete.

    The number of parameters, the networks of others and package versions are added to its card; ``atlas`` is a
    :func:`ser_core.checkpoints.atlas.atlas_frame`.

    Raises:
        StorageError: if it cannot be written; an existing one is unchanged.
    """
    tensors: dict[str, Tensor] = {
        _MODEL + name: value.contiguous().cpu() for name, value in checkpoint.model.state_dict().items()
    }
    tensors |= {
        "directions": torch.from_numpy(np.asarray(checkpoint.directions, dtype=np.float32)),
        "ranges": torch.from_numpy(np.asarray(checkpoint.ranges, dtype=np.float32)),
        "temperature": torch.tensor([checkpoint.temperature]),
        "training_embeddings": torch.from_numpy(np.asarray(checkpoint.training_embeddings, dtype=np.float32)),
        "training_targets": torch.from_numpy(np.asarray(checkpoint.training_targets, dtype=np.int64)),
    }
    tensors |= {
        f"{_KEPT}{name}.{part}": tensor for name, kept in checkpoint.kept.items() for part, tensor in kept.items()
    }
    card = dataclasses.replace(
        checkpoint.card,
        carried=carried_by(checkpoint.inputs),
        parameters=sum(parameter.numel() for parameter in checkpoint.model.parameters()),
        packages={name: importlib.metadata.version(name) for name in _PACKAGES},
    )
    with replaced(folder) as new:
        try:
            save_file(tensors, new / WEIGHTS)
        except safetensors.SafetensorError as error:
            raise OSError(f"the weights could not be written ({error})") from error
        if atlas is not None:
            atlas.to_parquet(new / ATLAS, index=False)
        write_card(new, card)


@contextlib.contextmanager
def replaced(folder: Path) -> Iterator[Path]:
    """Yield an empty folder to be filled, which then replaces ``folder``, completely or not at all.

    Raises:
        StorageError: if it cannot be written; an existing one is unchanged.
    """
    with advice_when_full(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(dir=folder.parent, prefix=prefix_while_writing(folder.name)))
        try:
            yield temporary
            temporary.chmod(0o755)
            _replace(folder, temporary)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)


def load_checkpoint(folder: Path) -> Checkpoint:
    """Read a checkpoint, after comparing its files with their digests.

    Raises:
        CheckpointError: if a file is missing, changed, or from another version, or a network of somebody else's that
            it needs.
    """
    card = read_card(folder)
    check_digests(folder)
    _require_carried(folder, card)
    try:
        _require_fitting(folder / WEIGHTS, card)
        model = fresh_model(card.settings, card.head_sizes)
        tensors = load_file(folder / WEIGHTS)
        model.load_state_dict({k.removeprefix(_MODEL): v for k, v in tensors.items() if k.startswith(_MODEL)})
        _require_usable(tensors, classes=len(card.labels))
        checkpoint = Checkpoint(
            card=card,
            model=model.eval(),
            directions=tensors["directions"].numpy(),
            ranges=tensors["ranges"].numpy(),
            temperature=float(tensors["temperature"][0]),
            training_embeddings=tensors["training_embeddings"].numpy(),
            training_targets=tensors["training_targets"].numpy(),
            digest=weights_digest(folder),
            kept=_kept(tensors),
        )
        _ = checkpoint.inputs  # what they keep is looked at now
        return checkpoint
    except (
        SerError,
        LookupError,
        TypeError,
        ValueError,
        AttributeError,
        RuntimeError,
        OSError,
        safetensors.SafetensorError,
    ) as error:
        reason = str(error).split("\n", 1)[0]
        raise CheckpointError(
            f"Expected weights that fit the card of {folder}; got: {reason} "
            "Use the release that made it, or train it again with this one."
        ) from error


def fresh_model(recipe: Recipe, heads: Mapping[str, int]) -> EmotionModel:
    """Build a recipe's model with fresh weights; ``heads`` are the outputs of each task's head.

    Raises:
        ConfigError: if it cannot exist with these settings, or would compute too many values per second of speech.
    """
    inputs = inputs_of(recipe)
    sound = inputs.get(AUDIO)
    model = build_model(
        recipe.encoder,
        recipe.encoder_options,
        features=None if sound is None else sound.feature_count,
        step_cost=1.0 if sound is None else sound.step_cost,
        further={
            name: InputEncoder(
                settings.encoder, settings.encoder_options, inputs[name].feature_count, inputs[name].step_cost
            )
            for name, settings in recipe.inputs.items()
        },
        embedding_size=recipe.embedding_size,
        embedding_activation=recipe.embedding_activation,
        embedding_norm=recipe.embedding_norm,
        heads=heads,
        dropout=recipe.dropout,
    )
    for name, encoder in model.encoders().items():
        kind = inputs[name]
        check_activations(encoder, features=kind.feature_count, frames_per_second=kind.steps_per_second)
    return model


def _kept(tensors: Mapping[str, Tensor]) -> dict[str, dict[str, Tensor]]:
    """Take what inputs keep out of a file's tensors, by the input's name."""
    found: dict[str, dict[str, Tensor]] = {}
    for key, tensor in tensors.items():
        if key.startswith(_KEPT):
            name, _, part = key.removeprefix(_KEPT).rpartition(".")
            found.setdefault(name, {})[part] = tensor
    return found


def _require_carried(folder: Path, card: Card) -> None:
    """See that the networks of others that a card names are here, with the same weights.

    Raises:
        CheckpointError: says which is not, and what to install.
    """
    for name, digest in card.carried.items():
        network = NETWORKS.get(name)
        if network is None or network.weights.digest != digest:
            here = "none of that name" if network is None else f"weights of digest {network.weights.digest[:12]}…"
            raise CheckpointError(
                f"Expected the pretrained network {name} with weights of digest {digest[:12]}…, on whose vectors the "
                f"model in {folder} was trained; this release carries {here}. Install the release that made the "
                "model, or train it again with this one."
            )
        try:
            frozen_network(network)
        except InputError as error:
            raise CheckpointError(f"The model in {folder} needs a pretrained network. {error}") from error


def _require_fitting(weights: Path, card: Card) -> None:
    """Compare the tensors listed in a file of weights with those that its card requires, before any is allocated.

    A card's settings may describe a model of any size; a file holds every byte that its header lists, so a model that
    fits the header is no larger than the file.

    Raises:
        ConfigError: if there is no model with these settings.
        ValueError: saying which tensor is missing, or has another shape.
    """
    with torch.device("meta"):
        model = fresh_model(card.settings, card.head_sizes)
    with safetensors.safe_open(weights, framework="pt") as file:
        found = {name: tuple(file.get_slice(name).get_shape()) for name in file.keys()}  # noqa: SIM118 - no mapping
    count = next(iter(found.get("training_targets", ())), 0)
    size, classes = card.embedding_size, len(card.labels)
    wanted = {_MODEL + name: tuple(value.shape) for name, value in model.state_dict().items()} | {
        "directions": (classes, size),
        "ranges": (classes,),
        "temperature": (1,),
        "training_targets": (count,),
        "training_embeddings": (count, size),
    }
    for name, shape in wanted.items():
        if name not in found:
            raise ValueError(f"no {name}.")
        if found[name] != shape:
            raise ValueError(f"{name} of shape {found[name]} instead of {shape}.")


def _require_usable(tensors: Mapping[str, Tensor], *, classes: int) -> None:
    """Raise ValueError unless the tensors of the back ends are usable, and all values finite."""
    targets = tensors["training_targets"]
    for name, values in tensors.items():
        if not torch.isfinite(values).all():
            raise ValueError(f"NaN or infinite values in {name}.")
    ranges, lengths = tensors["ranges"], tensors["directions"].norm(dim=1)
    for problem, found in {
        "a temperature that is not above 0": tensors["temperature"] <= 0,
        "ranges that are not between 0 and 180 degrees": (ranges < 0) | (ranges > 180),
        "directions that are not of length 1": (lengths - 1).abs() > _ROUNDING,
        f"training targets that are not among the {classes} labels": (targets < 0) | (targets >= classes),
    }.items():
        if found.any():
            raise ValueError(f"{problem}.")
    if targets.dtype != torch.int64:
        raise ValueError(f"training targets of type {targets.dtype}.")


def _replace(folder: Path, complete: Path) -> None:
    """Put a complete folder where another may be, which goes only once the new one stands."""
    if not folder.exists():
        complete.rename(folder)
        return
    old = Path(tempfile.mkdtemp(dir=folder.parent, prefix=prefix_while_replaced(folder.name)))
    folder.rename(old / folder.name)
    try:
        complete.rename(folder)
    except OSError:
        (old / folder.name).rename(folder)
        old.rmdir()
        raise
    shutil.rmtree(old, ignore_errors=True)
