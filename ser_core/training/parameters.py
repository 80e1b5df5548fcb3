"""Every value that shapes a training run, those that a recipe leaves to its encoder and its objectives included."""

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from ser_core.inputs import INPUTS
from ser_core.models import ENCODERS
from ser_core.recipes import Recipe
from ser_core.training.algorithms import ALGORITHMS
from ser_core.training.objectives import OBJECTIVES


def every_parameter(recipe: Recipe) -> dict[str, Any]:
    """List every value by its dotted path, in the order of :meth:`Recipe.parameters`, options after their owner.

    Of an encoder or objective that is unknown here only the given options are listed.
    """
    named = recipe.parameters()
    listed: dict[str, Any] = {}
    for key, value in named.items():
        listed.setdefault(key, value)
        if key == "encoder":
            listed |= _options("encoder_options", ENCODERS.get(value), named)
        elif key.startswith("stages.") and key.endswith(".objective"):
            listed |= _options(f"{key.removesuffix('objective')}options", OBJECTIVES.get(value), named)
        elif key.startswith("inputs.") and key.endswith(".encoder"):
            listed |= _options(f"{key}_options", ENCODERS.get(value), named)
        elif key.startswith("inputs.") and key.endswith(".kind"):
            listed |= _options(f"{key.removesuffix('kind')}options", INPUTS.get(value), named)
        elif key.startswith("stages.") and key.endswith(".algorithm"):
            listed |= _options(f"{key}_options", ALGORITHMS.get(value), named)
    return listed


def _options(prefix: str, owner: Callable[..., Any] | None, named: Mapping[str, Any]) -> dict[str, Any]:
    """Return the given options, and the defaults of the others."""
    if owner is None:
        return {}
    defaults = {
        f"{prefix}.{name}": list(parameter.default) if isinstance(parameter.default, tuple) else parameter.default
        for name, parameter in inspect.signature(owner).parameters.items()
        if parameter.default is not inspect.Parameter.empty
    }
    return {key: named.get(key, default) for key, default in defaults.items()}
