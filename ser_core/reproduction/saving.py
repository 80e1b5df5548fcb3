"""Saved experiments: a small file of settings and scores, and one table of all predictions."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ser_core import plain_json
from ser_core.corpora import CORPORA
from ser_core.errors import InputError, TableError
from ser_core.experiments.folds import prediction_column
from ser_core.experiments.result import EXPERIMENT_VERSION, predictions_path, read_predictions
from ser_core.experiments.sweep import Sweep
from ser_core.reproduction.plan import ClaimSystem, Experiment
from ser_core.storage import write_atomically, write_text_atomically

if TYPE_CHECKING:
    import pandas

IN_FULL = "in-full"  # folder, below that of the shortened experiments
_SCORES = ("uar_mean", "uar_std", "wa_mean", "wa_std", "back_end", "parameters", "stages")
_COLUMNS = ("fold", "file", "start", "end", "speaker", "emotion", "predicted")


@dataclass(frozen=True)
class SavedExperiment:
    """JSON file (see ``docs/contract.md``) and predictions of every test utterance at every point and seed."""

    content: Mapping[str, Any]
    predictions: "pandas.DataFrame"

    def values_of(self, axis: str) -> tuple[Any, ...]:
        """Return the values of an axis that were run."""
        return tuple(next(found["values"] for found in self.content["axes"] if found["name"] == axis))

    def runs(self, system: ClaimSystem) -> list[Mapping[str, Any]]:
        """Return the runs (point and seed) that a system describes, in the order of the experiment."""
        keys = {axis["name"]: axis["key"] for axis in self.content["axes"]}
        wanted = {keys[axis]: value for axis, value in system.point.items()}
        return [
            run for run in self.content["runs"] if all(run["values"].get(key) == value for key, value in wanted.items())
        ]

    def table(self, system: ClaimSystem) -> "pandas.DataFrame":
        """Return a system's predictions as :func:`ser_core.evaluation.comparison.difference_of_tables` takes them.

        Raises:
            InputError: if the system is not exactly one evaluated point of the experiment.
        """
        points = list(dict.fromkeys(run["point"] for run in self.runs(system)))
        if len(points) != 1:
            raise InputError(
                f"Expected one point of {self.content['experiment']} for {dict(system.point)}; "
                f"got {', '.join(points) or 'none'}. Name a value of every axis."
            )
        rows: pandas.DataFrame = self.predictions[self.predictions["point"] == points[0]]
        if not (system.stage or system.back_end):
            return rows
        run = self.runs(system)[0]
        column = prediction_column(system.stage or run["stages"][-1]["stage"], system.back_end or str(run["back_end"]))
        if column not in rows:
            raise InputError(f"Expected predictions in the column {column}; it is not there. Check stage and back end.")
        judged: pandas.DataFrame = rows.assign(predicted=rows[column])
        return judged


def save_experiment(
    experiment: Experiment, sweep: Sweep, content: Mapping[str, Any], swept: Path, results: Path
) -> None:
    """Condense the folder of a finished sweep into ``NAME.json`` and ``NAME.predictions.parquet``.

    ``content`` is that of its ``sweep.json``, ``swept`` its folder, ``results`` that of the files. Raises StorageError
    if they cannot be written.
    """
    import pandas

    runs, tables = [], []
    found: dict[str, Any] = {}
    for point in sweep.points():
        for seed in sweep.seeds:
            path = swept / point.name / f"seed-{seed}.json"
            found = plain_json.read(path)
            runs.append(
                {
                    "point": point.name,
                    "values": dict(point.values),
                    "seed": seed,
                    "settings": found["settings"],
                    **{name: found[name] for name in _SCORES},
                    "folds": [
                        {name: value for name, value in fold.items() if name != "reliability"}
                        for fold in found["folds"]
                    ],
                    "reliability": found.get("reliability"),  # none where a fold is of an earlier release
                    "core_seconds": sum(fold["core_seconds"] for fold in found["folds"]),
                }
            )
            tables.append(_narrow(pandas.read_parquet(predictions_path(path))).assign(point=point.name, seed=seed))
    kept = {
        "version": EXPERIMENT_VERSION,
        "experiment": experiment.name,
        **{name: content[name] for name in ("sweep", "recipe", "protocol", "axes", "seeds", "folds", "overrides")},
        "corpus_option": without_folder(content["corpus_option"]),
        **{
            name: found[name]
            for name in ("mapping", "corpus", "manifest_digest", "notes", "labels", "speaker_independent")
        },
        "settings": found["settings"],
        "environment": found["environment"],
        "runs": runs,
    }
    table = pandas.concat(tables, ignore_index=True)
    # Names repeat thousands of times; as categories they take a byte each.
    table = table.astype({name: "category" for name in table.columns if table[name].dtype == object})
    out = results / f"{experiment.name}.json"
    write_atomically(predictions_path(out), lambda path: table.to_parquet(path, index=False, compression="zstd"))
    write_text_atomically(out, json.dumps(kept, indent=1, allow_nan=False) + "\n")


def read_saved(results: Path, name: str) -> SavedExperiment | None:
    """Read a saved experiment; None if it was not run; raises InputError if a file is damaged."""
    path = results / f"{name}.json"
    if not path.is_file():
        return None
    try:
        return SavedExperiment(plain_json.read(path), read_predictions(path))
    except (OSError, ValueError, TableError) as error:
        raise InputError(
            f"Expected a kept experiment in {path} and beside it; got: {error}. Run `python -m ser_core reproduce "
            f"--only {name}` again."
        ) from error


def without_folder(corpus: str) -> str:
    """Return how a corpus was named, without its folder, since saved files are published."""
    kind, _, folder = corpus.partition(":")
    return f"{kind}:DIR" if folder and kind in CORPORA else Path(corpus).name


def _narrow(table: "pandas.DataFrame") -> "pandas.DataFrame":
    """Keep true and predicted classes: probabilities and angles would make the files ten times as large."""
    names = [name for name in table.columns if name in _COLUMNS or name.startswith("predicted_")]
    return table[names]
