"""Finished folds of an unfinished evaluation, saved beside its result file so that it can resume."""

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ser_core.corpora.contents import require_same_contents
from ser_core.corpora.folder import first_few
from ser_core.corpora.manifest import Manifest
from ser_core.errors import ConfigError
from ser_core.experiments.fold_files import FoldResult, read_fold, read_rating_fold, write_fold
from ser_core.experiments.places import KEPT_FOLDS
from ser_core.experiments.rating_folds import RatingFoldResult
from ser_core.experiments.result import predictions_path
from ser_core.experiments.started import other_parameters, other_settings, read_started
from ser_core.leftovers import clear_below, clear_beside
from ser_core.locks import ProcessLock
from ser_core.paths import exists, is_folder
from ser_core.recipes import Recipe
from ser_core.recipes.recipe import settings_of
from ser_core.storage import advice_when_full, write_text_atomically

VERSION = 1
_STARTED, _SETTINGS = "started.json", "settings"


@dataclass(frozen=True)
class KeptFolds:
    """The folder ``NAME.folds`` of the result file ``NAME.json``: settings, digests of the recordings, folds.

    ``rated`` is whether they predict ratings, and not emotions.
    """

    out: Path
    rated: bool = False

    @property
    def folder(self) -> Path:
        """Where the folds lie."""
        return self.out.with_name(self.out.stem + KEPT_FOLDS)

    def lock(self) -> ProcessLock:
        """Return the lock against other evaluations into the same file; entering it raises ConfigError."""
        return ProcessLock(self.out.with_name(f".{self.out.stem}.lock"), "an evaluation", self._taken)

    def require_free(self, *, overwrite: bool) -> None:
        """Refuse to overwrite a file unless asked to; raises ConfigError if there is one, or a folder of that name."""
        if is_folder(self.out):
            raise ConfigError(
                f"Expected a file to write with --out; {self.out} is a folder. Name for example "
                f"{self.out / 'result.json'}."
            )
        if exists(self.out) and not overwrite:
            raise ConfigError(
                f"Expected a new file for --out; {self.out} is there already. Name another, or add --overwrite to "
                "replace it."
            )

    def begin(
        self, manifest: Manifest, recipe: Recipe, protocol: str, seed: int, keep: Path | None, *, overwrite: bool
    ) -> None:
        """Prepare the folder for a new or resumed evaluation of a manifest with mapped emotions.

        Raises:
            ConfigError: if the folder holds folds of other settings, and ``overwrite``, which deletes them, is not set.
            CorpusError: if a recording has changed since they were trained.
        """
        # Not the folds: those that are done count for any choice of them.
        asked = {
            "version": VERSION,
            "corpus": manifest.corpus,
            "manifest_digest": manifest.digest(),
            "recipe": recipe.name,
            "protocol": protocol,
            "seed": seed,
            "keep": None if keep is None else str(keep.absolute()),
        }
        clear_below(self.folder, age=0)
        for path in (self.out, predictions_path(self.out)):
            clear_beside(path, age=0)
        started = read_started(self.folder / _STARTED, what="an evaluation")
        if started:
            other = [*other_settings(started, asked), *_other_parameters(started, recipe)]
            if other and not overwrite:
                raise ConfigError(
                    f"Expected the settings of the evaluation that was stopped, whose folds are in {self.folder}; "
                    f"{first_few(other)} differ. Repeat its command, name another --out, or add --overwrite to delete "
                    "those folds."
                )
            if other:
                self.delete()
        elif exists(self.folder):
            raise ConfigError(
                f"Expected {self.folder} to be free for the folds that are done; it holds something else. Name another "
                "--out."
            )
        if not exists(self.folder):
            settled = {**asked, _SETTINGS: settings_of(recipe)}
            write_text_atomically(self.folder / _STARTED, json.dumps(settled, indent=2) + "\n")
        require_same_contents(self.folder, manifest, what="evaluation")

    def read(self, numbers: Sequence[int]) -> dict[int, FoldResult | RatingFoldResult]:
        """Read the finished ones of some folds; raises ConfigError if one of them is damaged."""
        return {number: self._read(self.file(number)) for number in numbers if self.file(number).is_file()}

    def add(self, result: FoldResult | RatingFoldResult) -> FoldResult | RatingFoldResult:
        """Save a finished fold, and return it as it will be read."""
        path = self.file(result.fold.fold)
        write_fold(path, result)
        return self._read(path)

    def delete(self) -> None:
        """Delete the folder."""
        with advice_when_full(self.folder):
            (self.folder / _STARTED).unlink(missing_ok=True)
            shutil.rmtree(self.folder)

    def file(self, number: int) -> Path:
        """Return where a fold that is done lies."""
        return self.folder / f"fold-{number}.json"

    def _read(self, path: Path) -> FoldResult | RatingFoldResult:
        return read_rating_fold(path) if self.rated else read_fold(path)

    def _taken(self, owner: str) -> ConfigError:
        return ConfigError(
            f"Expected no other process to evaluate into {self.out}; it is held by {owner}. Wait for it, or name "
            "another --out."
        )


def _other_parameters(started: Mapping[str, Any], recipe: Recipe) -> list[str]:
    settings = started.get(_SETTINGS)
    return other_parameters(settings if isinstance(settings, dict) else {}, recipe)
