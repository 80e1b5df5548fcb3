"""Settings of unfinished work, read and compared before it resumes."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ser_core import plain_json
from ser_core.errors import ConfigError
from ser_core.paths import is_file
from ser_core.recipes import Recipe
from ser_core.recipes.recipe import parameters_of


def read_started(path: Path, *, what: str) -> dict[str, Any]:
    """Read the settings of ``what`` was started; empty if there is no such file.

    Raises:
        ConfigError: if the file is damaged.
    """
    if not is_file(path):
        return {}
    try:
        found = plain_json.read(path)
        if not isinstance(found, dict):
            raise ValueError(f"{type(found).__name__} in place of a table")
    except (OSError, ValueError) as error:
        raise ConfigError(f"Expected the settings of {what} in {path}; got: {error}. Name another --out.") from error
    return found


def other_settings(started: Mapping[str, Any], asked: Mapping[str, Any]) -> list[str]:
    """List the settings that differ from the requested ones."""
    return [name for name in asked if json.dumps(started.get(name)) != json.dumps(asked[name])]


def other_parameters(settings: Mapping[str, Any], recipe: Recipe) -> list[str]:
    """Name the values of a recipe that differ from a kept table of settings, by their dotted paths."""
    before, now = parameters_of(settings) or {}, recipe.parameters()
    return [key for key in {**before, **now} if before.get(key) != now.get(key)]
