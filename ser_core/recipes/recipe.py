"""What a recipe says, and how it is read from TOML."""

import dataclasses
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from ser_core.config import check_range, did_you_mean, fill, flatten, override, read_toml
from ser_core.errors import ConfigError, SerError
from ser_core.features import FrontEnd
from ser_core.recipes.augmentation import Augmentation, DisturbanceSettings
from ser_core.recipes.published import PublishedFigure

_FIRST_INPUT = "audio"  # as ser_core.models.AUDIO
_FOLDER = Path(__file__).parent
_OF_TEXT = _FOLDER / "text"
OUR_CHOICE = "our choice"
NO_SOUND = "none"  # the kind of front end of a model that takes its further inputs alone
_TEACHES = re.compile(r"stages\.\d+\.teach")
# What shapes no run.
DESCRIBED = ("name", "title", "summary", "source", "source_url", "paper", "published", "parameter_limit")


@dataclass(frozen=True)
class Stage:
    """One stretch of training with one objective.

    Attributes:
        objective: a name in ``ser_core.training.objectives.OBJECTIVES``.
        options: keyword arguments of the objective.
        algorithm: a name in ``ser_core.training.algorithms.ALGORITHMS``.
        algorithm_options: keyword arguments of the algorithm.
        epochs: upper bound.
        learning_rate: highest rate of AdamW.
        schedule: ``cosine`` rises over the first steps and falls as a cosine; ``constant`` stays.
        warm_up: share of the steps over which ``cosine`` rises.
        gradient_norm: longest gradient of all that is trained that is followed as it is; a longer one is shortened to
            it. 0 follows every gradient.
        weight_decay: of AdamW; without it AdamW is Adam.
        batch_size: for shuffled batches; for objectives on pairs, pairs in a batch.
        pairs_per_epoch: for objectives on pairs; 0 draws as many as there are training utterances.
        positive_share: for objectives on pairs: share of pairs of one class.
        classes_per_batch: ``P`` of P×K batches; 0 takes every class of the corpus.
        utterances_per_class: ``K`` of P×K batches; 0 draws shuffled batches instead.
        speakers_per_batch: for shuffled batches: of how many groups a batch consists, each of one speaker; 0 mixes all.
        average: decay per step of the running average of weights that is judged and kept; 0 keeps the last weights.
        patience: epochs without a better development score before the stage ends; 0 never ends it early.
        keep: weights that go on: those of the ``best`` development epoch, or of the ``last``.
        teach: what the stage is for, in two plain sentences; it shapes no run.
    """

    name: str
    objective: str = "softmax"
    options: Mapping[str, Any] = field(default_factory=dict)
    algorithm: str = "supervised"
    algorithm_options: Mapping[str, Any] = field(default_factory=dict)
    epochs: int = 40
    learning_rate: float = 1e-3
    schedule: Literal["cosine", "constant"] = "cosine"
    warm_up: float = 0.1
    gradient_norm: float = 5.0
    weight_decay: float = 1e-2
    batch_size: int = 32
    pairs_per_epoch: int = 0
    positive_share: float = 0.33
    classes_per_batch: int = 0
    utterances_per_class: int = 0
    speakers_per_batch: int = 0
    average: float = 0.0
    patience: int = 0
    keep: Literal["best", "last"] = "best"
    augmentation: Augmentation = field(default_factory=Augmentation)
    teach: str = ""

    def __post_init__(self) -> None:
        """Check ranges."""
        check_range(f"epochs of stage {self.name}", self.epochs, 1, 100_000)
        check_range(f"learning_rate of stage {self.name}", self.learning_rate, 1e-9, 10.0)
        check_range(f"warm_up of stage {self.name}", self.warm_up, 0.0, 1.0)
        check_range(f"gradient_norm of stage {self.name}", self.gradient_norm, 0.0, 1e9)
        check_range(f"weight_decay of stage {self.name}", self.weight_decay, 0.0, 10.0)
        check_range(f"batch_size of stage {self.name}", self.batch_size, 1, 65_536)
        check_range(f"pairs_per_epoch of stage {self.name}", self.pairs_per_epoch, 0, 10_000_000)
        check_range(f"positive_share of stage {self.name}", self.positive_share, 0.01, 0.99)
        check_range(f"average of stage {self.name}", self.average, 0.0, 0.99999)
        check_range(f"patience of stage {self.name}", self.patience, 0, 100_000)
        check_range(f"classes_per_batch of stage {self.name}", self.classes_per_batch, 0, 10_000)
        check_range(f"utterances_per_class of stage {self.name}", self.utterances_per_class, 0, 10_000)
        check_range(f"speakers_per_batch of stage {self.name}", self.speakers_per_batch, 0, 10_000)


@dataclass(frozen=True)
class TaskSettings:
    """A task of the model: a name in ``ser_core.tasks.TASKS`` with keyword arguments, and the weight of its loss."""

    kind: str = "emotion"
    weight: float = 1.0
    options: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Check ranges."""
        check_range(f"weight of the task {self.kind}", self.weight, 1e-6, 1e6)


@dataclass(frozen=True)
class InputSettings:
    """A further input of the model, a name in ``ser_core.inputs.INPUTS``, with its encoder and the options of both."""

    kind: str
    encoder: str
    options: Mapping[str, Any] = field(default_factory=dict)
    encoder_options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Recipe:
    """Everything that decides what a training run does, but the corpus, the split and the seed.

    Attributes:
        name: of the file it ships in.
        title: one line for people.
        stages: one after another, at least one.
        front_end: signal to frames.
        encoder: a name in ``ser_core.models.ENCODERS``.
        encoder_options: keyword arguments of the encoder.
        inputs: further inputs by their names, each with its own encoder; the embedding is made of all of them.
        disturbances: through which training hears utterances, too; ``ser_core.audio.disturbances.DISTURBANCES``.
        embedding_activation: of the embedding layer: ``none``, ``relu`` or ``prelu``.
        embedding_norm: normalise the encoder's output over the batch before the embedding layer.
        dropout: before the embedding layer.
        svm_kernel: of the support vector machine that is fitted on the training embeddings.
        svm_penalty: of an error in the training set, scikit-learn's ``C``.
        knn_neighbours: training embeddings that vote, the nearest ones by angle.
        train_on_development: development speakers are trained on too, so that no epoch can be chosen by them; each
            class's range and the temperature then come from the training utterances.
        parameter_limit: largest number of parameters that the model and its objectives may have together. A model of
            the default's size needs about 160 MB while it is trained with AdamW; a larger one must be asked for.
        paper: dotted key → where the source says so, for an option that is left at its default too; a text that begins
            with a citation, as "Schroff et al. (2015)", is of that paper. Every other value is our choice.
        source_url: where the source can be read; empty for what is our own.
        published: the figures that the source reports.
        tasks: what the model predicts, at least one. Stages shape the embedding by the first; others add losses.
    """

    name: str
    title: str
    summary: str
    source: str
    stages: tuple[Stage, ...]
    front_end: FrontEnd = field(default_factory=FrontEnd)
    encoder: str = "residual"
    encoder_options: Mapping[str, Any] = field(default_factory=dict)
    inputs: Mapping[str, InputSettings] = field(default_factory=dict)
    disturbances: Mapping[str, DisturbanceSettings] = field(default_factory=dict)
    embedding_size: int = 128
    embedding_activation: Literal["none", "relu", "prelu"] = "none"
    embedding_norm: bool = True
    dropout: float = 0.3
    svm_kernel: Literal["rbf", "linear"] = "rbf"
    svm_penalty: float = 1.0
    knn_neighbours: int = 15
    train_on_development: bool = False
    parameter_limit: int = 10_000_000
    paper: Mapping[str, str] = field(default_factory=dict)
    source_url: str = ""
    published: tuple[PublishedFigure, ...] = ()
    tasks: tuple[TaskSettings, ...] = (TaskSettings(),)

    def __post_init__(self) -> None:
        """Check values across stages."""
        if not self.stages:
            raise ConfigError("Expected at least one stage in the recipe; got none. Add [[stages]].")
        check_range("the number of stages", len(self.stages), 1, 100)
        names = [stage.name for stage in self.stages]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:  # results are kept by the name of their stage
            raise ConfigError(f"Expected a name of its own for every stage; got {twice!r} twice. Rename one of them.")
        kinds = [task.kind for task in self.tasks]
        if not kinds or len(set(kinds)) < len(kinds):
            raise ConfigError(
                f"Expected at least one task in the recipe and each kind once; got {', '.join(kinds) or 'none'}. "
                "Correct [[tasks]]."
            )
        if not self.hears and not self.inputs:
            raise ConfigError(
                "Expected [inputs.NAME] in a recipe without sound (front_end.kind none), which its model is made of; "
                "got none. Add an input, or choose another kind of front end."
            )
        for name in self.inputs:
            if name == _FIRST_INPUT or not re.fullmatch(r"[a-z][a-z0-9_]*", name):
                raise ConfigError(
                    f"Expected names of further inputs in small letters, other than {_FIRST_INPUT!r}, which is that of "
                    f"the front end; got {name!r}. Rename [inputs.{name}]."
                )
        shares = sum(settings.share for settings in self.disturbances.values())
        if shares > 1 + 1e-9:
            raise ConfigError(
                f"Expected shares of all disturbances of at most 1 together; got {shares:g}. Lower some of "
                "[disturbances]."
            )
        check_range("embedding_size", self.embedding_size, 1, 65_536)
        check_range("parameter_limit", self.parameter_limit, 1, 10**12)
        check_range("dropout", self.dropout, 0.0, 0.95)
        check_range("svm_penalty", self.svm_penalty, 1e-6, 1e6)
        check_range("knn_neighbours", self.knn_neighbours, 1, 10_000)
        if self.source_url and not self.source_url.startswith("https://"):
            raise ConfigError(
                f"Expected source_url to begin with https://; got {self.source_url!r}. Correct the recipe."
            )
        known = self.parameters()
        for key in self.paper:
            if key not in known and _owner(key) not in known:
                raise ConfigError(
                    f"Expected [paper] to name parameters of the recipe; got {key!r}.{did_you_mean(key, known)}"
                )

    @property
    def input_kinds(self) -> tuple[str, ...]:
        """Kinds of all inputs, that of the front end first where there is sound."""
        first = (self.front_end.kind,) if self.hears else ()
        return (*first, *(item.kind for item in self.inputs.values()))

    @property
    def hears(self) -> bool:
        """Whether the model takes sound at all."""
        return self.front_end.kind != NO_SOUND

    @property
    def epochs(self) -> int:
        """Epochs of all stages together."""
        return sum(stage.epochs for stage in self.stages)

    def parameters(self) -> dict[str, Any]:
        """List every value that shapes the run by its dotted path, except options that are left at their default.

        :func:`ser_core.training.parameters.every_parameter` lists those too.
        """
        leaves = flatten(self).items()
        return {
            key: value for key, value in leaves if key.split(".")[0] not in DESCRIBED and not _TEACHES.fullmatch(key)
        }

    def origin(self, key: str) -> str:
        """Say where a value comes from: the paper's words, or ``our choice``."""
        return self.paper.get(key, OUR_CHOICE)

    def other_paper(self, key: str) -> str:
        """Return the paper that a value is from where that is not the recipe's own source; empty otherwise.

        Examples:
            >>> recipe = Recipe("r", "", "", "A paper", (Stage("s"),), paper={"encoder": "Roy et al. (2020): figure 1"})
            >>> recipe.other_paper("encoder")
            'Roy et al. (2020)'
        """
        return _cited(self.paper.get(key, ""))


def _cited(text: str) -> str:
    """Return the work that a text begins with, as "Schroff et al. (2015)"; empty if it begins with none."""
    found = re.match(r"[A-Z][^:;()]*\(\d{4}\)", text)
    return found.group() if found else ""


def shipped_recipes() -> tuple[str, ...]:
    """Return the names of the recipes for recordings that ship, sorted."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


def shipped_text_recipes() -> tuple[str, ...]:
    """Return the names of the recipes that ship for sentences in writing, sorted; no page trains them."""
    return tuple(sorted(path.stem for path in _OF_TEXT.glob("*.toml")))


def load_recipe(name: str | Path, overrides: Sequence[str] = ()) -> Recipe:
    """Read a recipe that ships, or from the path of a TOML file, with ``key.path=value`` overrides.

    An overridden value is no longer the paper's.

    Raises:
        ConfigError: if there is no such recipe, or a key or value is wrong.
    """
    return recipe_of(recipe_table(name), overrides)


def recipe_of(table: Mapping[str, Any], overrides: Sequence[str] = ()) -> Recipe:
    """Build a recipe from its TOML table and assignments; see :func:`load_recipe`."""
    before = fill(Recipe, table)
    if not overrides:
        return before
    changed = override(table, overrides)
    # A parameter that is gone or changed is no longer the paper's.
    now, then = fill(Recipe, {**changed, "paper": {}}).parameters(), before.parameters()
    marks = changed.get("paper", {})
    kept = {
        key: text
        for key, text in marks.items()
        if (key in now or _owner(key) in now) and all(now.get(part) == then.get(part) for part in (key, _owner(key)))
    }
    return fill(Recipe, {**changed, "paper": kept})


def settings_of(recipe: Recipe) -> dict[str, Any]:
    """Turn a recipe into the plain tables a card keeps; the source's figures and what teaches are no settings."""
    plain: dict[str, Any] = json.loads(json.dumps(dataclasses.asdict(recipe)))
    del plain["published"]
    for stage in plain["stages"]:
        del stage["teach"]
    return plain


def parameters_of(settings: Mapping[str, Any]) -> dict[str, Any] | None:
    """List every value of a recipe that :func:`settings_of` kept, by its dotted path.

    None for the recipe of a later release; values that an earlier one lacks had today's default.
    """
    try:
        return fill(Recipe, settings).parameters()
    except (SerError, TypeError, ValueError, RecursionError):
        return None


def _owner(key: str) -> str:
    """Return the parameter whose option ``key`` is; options without a value have their owner's default.

    Examples:
        >>> _owner("stages.0.options.margin"), _owner("inputs.words.options.size")
        ('stages.0.objective', 'inputs.words.kind')
        >>> _owner("encoder_options.layers"), _owner("dropout")
        ('encoder', '')
    """
    owner, option, _ = key.rpartition("options.")
    if not option:
        return ""
    if owner.endswith("_"):
        return owner.removesuffix("_")
    return f"{owner}{'objective' if owner.startswith('stages.') else 'kind'}"


def recipe_table(name: str | Path) -> dict[str, Any]:
    """Read a recipe's TOML table; see :func:`load_recipe`."""
    path = Path(name)
    if path.suffix == ".toml":
        return {"name": path.stem, **read_toml(path)}
    shipped = (*shipped_recipes(), *shipped_text_recipes())
    if str(name) not in shipped:
        raise ConfigError(
            f"Expected a recipe among {', '.join(shipped)}, or a .toml file; got {str(name)!r}."
            f"{did_you_mean(str(name), shipped)}"
        )
    folder = _OF_TEXT if str(name) in shipped_text_recipes() else _FOLDER
    return {"name": str(name), **read_toml(folder / f"{name}.toml")}
