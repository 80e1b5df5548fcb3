"""Records of runs and results, for lists."""

import dataclasses
import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ser_core.checkpoints.card import Card
from ser_core.checkpoints.folder import ATLAS, read_card
from ser_core.corpora.protocols import PROTOCOLS
from ser_core.errors import ConfigError, SerError, TableError, reason_of
from ser_core.evaluation.comparable import ScoreBasis, utterances_digest
from ser_core.evaluation.reliability import Reliability
from ser_core.experiments.places import RUN, ResultLocation
from ser_core.experiments.reading import BackEndScore, EvaluationResult
from ser_core.experiments.result import predictions_path, read_predictions
from ser_core.paths import changed
from ser_core.recipes.recipe import recipe_of
from ser_core.tables import read_frame
from ser_core.training.events import EpochFigures
from ser_core.training.jobs import run_state
from ser_core.training.plan import CONFIG, read_config
from ser_core.training.run import CHECKPOINT

if TYPE_CHECKING:
    import pandas

_COLUMNS = ("file", "speaker", "emotion", "predicted")


@dataclass(frozen=True)
class ExperimentRecord:
    """Run, or result file of an evaluation, as a row of a list.

    Attributes:
        state: of a run as in :class:`ser_core.training.jobs.RunState`; of a result ``finished``, ``partial``, or
            ``shortened`` if its experiment was.
        settings: every value of the recipe by its dotted path; empty if unreadable.
        corpus: how the corpus was named on the command line; empty if not recorded.
        basis: what the scores were measured on.
        speakers_heard: whether test speakers were heard in training; None if unknown.
        back_end: that judges; empty before the end of a run.
        scores: back end → its score on the test utterances.
        epochs: that were trained; of an evaluation, the mean over its folds.
        made: in seconds since 1970; None if unknown.
        history: figures of each epoch of a run.
        checkpoint: folder of the finished model of a run.
        note: what is wrong with a part of it.
        reliability: on the test utterances; None if not measured.
    """

    place: ResultLocation
    state: str
    recipe: str
    settings: Mapping[str, Any]
    corpus: str
    basis: ScoreBasis
    speakers_heard: bool | None
    back_end: str = ""
    scores: Mapping[str, BackEndScore] = field(default_factory=dict)
    epochs: int = 0
    made: float | None = None
    history: Sequence[EpochFigures] = ()
    checkpoint: Path | None = None
    note: str = ""
    reliability: Reliability | None = None

    @property
    def name(self) -> str:
        """Name of its place."""
        return self.place.name

    @property
    def score(self) -> BackEndScore | None:
        """By the back end that judges."""
        return self.scores.get(self.back_end)


def record_of_run(place: ResultLocation) -> ExperimentRecord:
    """Read a run; raises ConfigError if it is damaged."""
    try:
        return _run(place)
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise ConfigError(
            f"Expected a run at {place.path}; got: {reason_of(error)}. Make it again, or move it out of the workspace."
        ) from error


def record_of_result(result: EvaluationResult) -> ExperimentRecord:
    """Turn a result into a record."""
    return ExperimentRecord(
        place=result.place,
        state="shortened" if result.shortened else "partial" if result.partial else "finished",
        recipe=result.recipe,
        settings=result.parameters or {},
        corpus=result.corpus_option,
        basis=ScoreBasis(
            corpus=result.corpus,
            digest=result.digest,
            labels=result.labels,
            mapping=result.mapping,
            protocol=result.protocol,
            folds=result.fold_numbers,
            seed=result.seed,
        ),
        speakers_heard=result.speakers_heard,
        back_end=result.back_end,
        scores=result.scores,
        epochs=result.epochs,
        made=result.made,
        reliability=result.reliability,
    )


def predictions(record: ExperimentRecord) -> "pandas.DataFrame":
    """Read the predictions of the test utterances by the back end that judges.

    Columns are those of :func:`ser_core.evaluation.comparison.difference_of_tables`.

    Raises:
        ConfigError: if a run has not ended, or the file is missing or damaged.
    """
    if record.place.kind != RUN:
        path = predictions_path(record.place.path)
    elif record.checkpoint is not None:
        path = record.checkpoint / ATLAS
    else:
        raise ConfigError(
            f"Expected a finished run; {record.name} is {record.state} and has judged no test utterance. "
            "Let it end on the page Train."
        )
    try:
        if record.place.kind == RUN:
            table = read_frame(path, path.name)
            table = table[table["split"] == "test"].assign(fold=record.basis.folds[0])
        else:
            table = read_predictions(record.place.path)
        if record.place.point:
            table = table[(table["point"] == record.place.point) & (table["seed"] == record.basis.seed)]
        stretch = [name for name in ("start", "end") if name in table.columns and table[name].notna().any()]
        table = table[["fold", *_COLUMNS, *stretch]].reset_index(drop=True)
    except (OSError, ValueError, KeyError, TableError) as error:
        raise ConfigError(
            f"Expected the predictions of {record.name} in {path}; got: {error}. Copy that file again, or make the "
            "result again."
        ) from error
    if not len(table):
        raise ConfigError(f"Expected test utterances in {path}; got none. Choose a split that has some.")
    table.insert(0, "seed", record.basis.seed)
    return table


def basis_with(record: ExperimentRecord, table: "pandas.DataFrame | None") -> ScoreBasis:
    """Return what a record was measured on, including its test utterances if their predictions are available."""
    return record.basis if table is None else dataclasses.replace(record.basis, tested=utterances_digest(table))


def _run(place: ResultLocation) -> ExperimentRecord:
    config = read_config(place.path)
    state = run_state(place.path)
    name, settings = _settings_of_run(config.recipe)
    card: Card | None = None
    note = ""
    if state.checkpoint is not None:
        try:
            card = read_card(state.checkpoint)
        except SerError as error:
            note = str(error)
    overlap = None if card is None else card.split.speaker_overlap
    basis = ScoreBasis(
        corpus=state.corpus or (card.corpus if card else config.corpus),
        digest=config.manifest_digest,
        labels=card.labels if card else state.labels,
        mapping=config.mapping,
        protocol=config.protocol,
        folds=(config.fold,),
        seed=config.seed,
    )
    return ExperimentRecord(
        place=place,
        state=state.status,
        recipe=name or state.recipe,
        settings=settings,
        corpus=config.corpus,
        basis=basis,
        speakers_heard=_promise(config.protocol) if overlap is None else overlap > 0,
        back_end=card.back_end if card else "",
        scores={
            back_end: BackEndScore(found.uar, found.wa)
            for back_end, found in (card.metrics.get("test", {}) if card else {}).items()
        },
        epochs=state.epoch,
        made=_made(card) or changed(place.path / CONFIG) / 1e9,
        history=state.history,
        checkpoint=place.path / CHECKPOINT if card else None,
        note=note,
        reliability=card.reliability if card else None,
    )


def _settings_of_run(table: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """A recipe of another release may not be understood; its run can be listed all the same."""
    try:
        recipe = recipe_of(table)
    except SerError:
        return str(table.get("name", "")), {}
    return recipe.name, recipe.parameters()


def _promise(protocol: str) -> bool | None:
    return not PROTOCOLS[protocol].speaker_independent if protocol in PROTOCOLS else None


def _made(card: Card | None) -> float | None:
    return datetime.datetime.fromisoformat(card.created).timestamp() if card and card.created else None
