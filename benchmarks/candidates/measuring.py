"""One candidate: trained and scored on corpora that are left out in turn, among those that may ship."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.worth.cells import cell, reader_of
from benchmarks.worth.plan import MAY_SHIP, SHIPS, GivenCorpus, training_speech, trainings
from ser_core import plain_json
from ser_core.config import fill, read_toml
from ser_core.errors import ConfigError
from ser_core.recipes import load_recipe
from ser_core.storage import write_text_atomically
from ser_core.training.examples import load_examples
from ser_core.training.fit import trained_fold
from ser_core.training.left_out import fit_alone
from ser_core.workspace import cache_directory

VERSION = 2
BASE = "people"
LIST = Path(__file__).with_name("candidates.toml")


@dataclass(frozen=True)
class Candidate:
    """A change of the recipe: a name for commands, what it is to find out, and assignments ``key=value``."""

    name: str
    question: str
    set: tuple[str, ...] = ()


def candidates() -> list[Candidate]:
    """Read the list; the first is what the others are compared with."""
    return [
        fill(Candidate, table, f"candidates.{number}") for number, table in enumerate(read_toml(LIST)["candidates"])
    ]


def place_of(folder: Path, candidate: Candidate) -> Path:
    """Return where a candidate's figures are kept."""
    return folder / f"{candidate.name}.json"


def measure(candidate: Candidate, corpora: Mapping[str, GivenCorpus], seeds: Sequence[int], folder: Path) -> bool:
    """Train and score a candidate, unless that is kept with these settings and utterances; says whether it had to.

    Raises:
        ConfigError: if corpora that ship are missing, since the figures of candidates would be of different ones.
    """
    if set(corpora) != set(MAY_SHIP):
        raise ConfigError(
            f"Expected the corpora {', '.join(MAY_SHIP)}, which alone choose; got {', '.join(corpora) or 'none'}. "
            "Name these with --corpus."
        )
    recipe = load_recipe(BASE, candidate.set)
    digests = [corpora[name].manifest.digest() for name in MAY_SHIP]
    told = json.dumps([VERSION, dict(recipe.parameters()), list(seeds), digests])
    key = hashlib.sha256(told.encode()).hexdigest()
    if _key(place_of(folder, candidate)) == key:
        return False
    found: list[dict[str, Any]] = []
    planned = trainings(MAY_SHIP, tables=(SHIPS,), tested=MAY_SHIP, seeds=seeds)
    for names in sorted({training.corpora for training in planned}):
        manifest, fold = training_speech(corpora, names)
        fold = trained_fold(recipe, fold)
        examples = load_examples(manifest, recipe, cache=cache_directory())
        for training in (one for one in planned if one.corpora == names):
            fitted = fit_alone(manifest, fold, recipe, examples, seed=training.seed)
            reader, _ = reader_of(manifest, fold, recipe, fitted, training.seed, ())
            for name in training.tested:
                content, _ = cell(reader, corpora[name].manifest, None, fitted.trained.temperature)
                found.append({"seed": training.seed, **_kept(content)})
    kept = {"version": VERSION, "key": key, "name": candidate.name, "cells": found}
    folder.mkdir(parents=True, exist_ok=True)
    write_text_atomically(place_of(folder, candidate), json.dumps(kept, allow_nan=False) + "\n")
    return True


def _kept(content: Mapping[str, Any]) -> dict[str, Any]:
    """Keep of a cell what the page tells: counts of each speaker, without a word about them and after clips."""
    parts = {part: content[part]["counts"] for part in ("unadapted", "adapted")}
    return {**{name: content[name] for name in ("corpus", "present", "speakers")}, **parts}


def _key(path: Path) -> str:
    try:
        return str(plain_json.read(path)["key"])
    except (OSError, ValueError, LookupError, TypeError):
        return ""
