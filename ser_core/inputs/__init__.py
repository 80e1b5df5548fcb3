"""What goes into a model: one entry per kind of input."""

import dataclasses
from collections.abc import Callable, Mapping
from pathlib import Path

from torch import Tensor

from ser_core.config import fill, lookup
from ser_core.corpora.manifest import Manifest
from ser_core.errors import ConfigError
from ser_core.inputs.base import Input, InputValues
from ser_core.inputs.feature_sets import FEATURE_INPUTS
from ser_core.inputs.functionals import Functionals
from ser_core.inputs.pretrained import Ge2eVoice, MoonshineTiny, MoonshineTinyMiddle
from ser_core.inputs.spectrogram import LogMel, LogStft
from ser_core.inputs.waveform import Waveform
from ser_core.inputs.words import WordVectors
from ser_core.models import AUDIO
from ser_core.recipes import Recipe
from ser_core.recipes.recipe import NO_SOUND

__all__ = ["INPUTS", "Input", "InputValues", "carried_by", "check_augmentation", "inputs_of", "read_inputs", "uses"]

INPUTS: Mapping[str, type[Input]] = {
    "log-mel": LogMel,
    "log-stft": LogStft,
    "waveform": Waveform,
    "functionals": Functionals,
    **FEATURE_INPUTS,
    "moonshine-tiny": MoonshineTiny,
    "moonshine-tiny-middle": MoonshineTinyMiddle,
    "ge2e-voice": Ge2eVoice,
    "word-vectors": WordVectors,
}


def inputs_of(recipe: Recipe) -> dict[str, Input]:
    """Build the inputs of a recipe, by name, that of its front end first, where it has one.

    Raises:
        ConfigError: for an unknown kind or option, a value out of range, or sound of another sample rate.
    """
    built: dict[str, Input] = {}
    if recipe.hears:
        kind = INPUTS[recipe.front_end.kind]
        names = _settings_of(kind)
        settings = {name: value for name, value in vars(recipe.front_end).items() if name in names}
        built[AUDIO] = fill(kind, settings, "front_end")
    for name, further in recipe.inputs.items():
        built[name] = fill(lookup("input", further.kind, INPUTS), further.options, f"inputs.{name}.options")
        rate = getattr(built[name], "sample_rate", recipe.front_end.sample_rate)
        if rate != recipe.front_end.sample_rate:
            raise ConfigError(
                f"Expected every input at the sample rate of the front end, {recipe.front_end.sample_rate} Hz; got "
                f"{rate} Hz. Correct inputs.{name}.options.sample_rate."
            )
    return built


def uses(kind: str, setting: str) -> bool:
    """Return whether a setting of the front end changes the values of an input; one of an unknown kind uses them all.

    Examples:
        >>> uses("log-mel", "mel_bands"), uses("log-stft", "mel_bands"), uses("waveform", "hop_seconds")
        (True, False, False)
    """
    if kind == NO_SOUND:
        return setting == "kind"
    known = INPUTS.get(kind)
    return known is None or setting == "kind" or setting in _settings_of(known) - known.unused


def _settings_of(kind: type[Input]) -> set[str]:
    return {field.name for field in dataclasses.fields(kind) if field.init}  # type: ignore[arg-type]


def carried_by(inputs: Mapping[str, Input]) -> dict[str, str]:
    """Return the networks of others that inputs run: name → SHA-256 of the weights."""
    return {name: digest for item in inputs.values() for name, digest in item.carried.items()}


def read_inputs(
    inputs: Mapping[str, Input],
    manifest: Manifest,
    *,
    cache: Path | None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[dict[str, list[Tensor]], tuple[str, ...]]:
    """Read every input of a corpus, by name, as :meth:`Input.of_manifest`; with notes for readers of results."""
    found = {name: item.of_manifest(manifest, cache=cache, progress=progress) for name, item in inputs.items()}
    notes = tuple(f"Input {name}: {note}" for name, values in found.items() for note in values.notes)
    return {name: values.values for name, values in found.items()}, notes


def check_augmentation(recipe: Recipe, inputs: Mapping[str, Input]) -> None:
    """Raise ConfigError for an augmentation that no input of a recipe supports; mixup works with all of them."""
    every = frozenset().union(*(kind.augmentations for kind in INPUTS.values()))
    known = frozenset().union(*(item.augmentations for item in inputs.values()))
    for number, stage in enumerate(recipe.stages):
        for name in sorted(every - known):
            if getattr(stage.augmentation, name):
                raise ConfigError(
                    f"Expected augmentations that an input of the recipe knows, {', '.join(sorted(known)) or 'none'}; "
                    f"got {name}. Leave out stages.{number}.augmentation.{name}, or set it to 0."
                )
