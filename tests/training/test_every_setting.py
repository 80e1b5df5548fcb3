"""Every setting of a recipe does something: with another value the result is another one, or the value is refused."""

import dataclasses

import pytest

from ser_core.corpora import open_corpus
from ser_core.corpora.splits import Fold
from ser_core.errors import ConfigError
from ser_core.features import FrontEnd
from ser_core.recipes import Augmentation, DisturbanceSettings, InputSettings, PublishedFigure, Recipe, Stage
from ser_core.recipes.recipe import DESCRIBED, TaskSettings
from ser_core.training.examples import load_examples
from ser_core.training.fit import fit_fold, predictions, require_trainable, trained_fold

STAGE = Stage("only", epochs=2, learning_rate=5e-3, batch_size=6)
RECIPE = Recipe(
    "tiny",
    "Tiny",
    "For tests alone.",
    "our own",
    (STAGE,),
    FrontEnd(mel_bands=16, highest_hertz=4_000.0),
    encoder_options={"channels": [4, 8], "stem": 4},
    embedding_size=8,
    dropout=0.1,
)
GENDER = TaskSettings("gender")
PAIRS = {"objective": "pairs", "options": {"hidden": 4}}

# Setting → another value, and what must be set besides for it to have a meaning.
OF_A_STAGE = {
    "objective": ("triplet", {}),
    "options": ({"label_smoothing": 0.3}, {}),
    "epochs": (3, {}),
    "learning_rate": (6e-3, {}),
    "schedule": ("constant", {}),
    "warm_up": (0.5, {}),
    "gradient_norm": (0.01, {}),
    "weight_decay": (0.5, {}),
    "batch_size": (5, {}),
    "pairs_per_epoch": (6, PAIRS),
    "positive_share": (0.7, PAIRS),
    "classes_per_batch": (2, {"utterances_per_class": 2}),
    "utterances_per_class": (2, {}),
    "speakers_per_batch": (1, {"batch_size": 4}),
    "average": (0.5, {}),
    "patience": (1, {"epochs": 6, "keep": "last"}),
    "keep": ("last", {"epochs": 6}),
    "augmentation": (Augmentation(gain_decibels=6.0), {}),
}
OF_AN_AUGMENTATION = {
    "crop": (0.6, {}),
    "stretch": (0.2, {}),
    "warp": (0.2, {}),
    "gain_decibels": (6.0, {}),
    "frequency_masks": (1, {}),
    "frequency_mask_share": (0.6, {"frequency_masks": 2}),
    "time_masks": (1, {}),
    "time_mask_share": (0.6, {"time_masks": 2}),
    "mixup": (0.4, {}),
}
HISS = DisturbanceSettings(0.0, 10.0, share=0.5)
OF_A_DISTURBANCE = {
    "lowest": (5.0, {}),
    "highest": (20.0, {}),
    "share": (0.2, {}),
    "versions": (3, {}),
}
OF_A_RECIPE = {
    "stages": ((STAGE, dataclasses.replace(STAGE, name="again")), {}),
    "front_end": (FrontEnd(mel_bands=16), {}),
    "encoder": ("gru", {"encoder": "rnn", "encoder_options": {}}),
    "encoder_options": ({"channels": [4, 8], "stem": 5}, {}),
    "inputs": ({"statistics": InputSettings("functionals", "fc", {"mel_bands": 8}, {"layers": 2, "units": 4})}, {}),
    "disturbances": ({"white-noise": HISS}, {}),
    "embedding_size": (7, {}),
    "embedding_activation": ("relu", {}),
    "embedding_norm": (False, {}),
    "dropout": (0.4, {}),
    "svm_kernel": ("linear", {"svm_penalty": 0.02}),
    "svm_penalty": (1e-3, {}),
    "knn_neighbours": (1, {}),
    "train_on_development": (True, {}),
    "tasks": ((TaskSettings(), GENDER), {}),
}
OF_A_TASK = {"kind": "speaker", "weight": 3.0}
REFUSED_OF_A_TASK = {"options": ({"dimensions": ["arousal"]}, "Expected an option of the task 'gender'")}
OF_A_FRONT_END = {
    "kind": ("log-stft", {}),
    "sample_rate": (8_000, {}),
    "high_pass_hertz": (75.0, {}),
    "window": ("hamming", {}),
    "window_seconds": (0.025, {}),
    "hop_seconds": (0.02, {}),
    "transform_length": (1_024, {}),
    "mel_bands": (12, {}),
    "lowest_hertz": (200.0, {}),
    "highest_hertz": (3_500.0, {}),
    "dynamic_range_decibels": (30.0, {}),
    "trim": (False, {}),
    "level": (False, {}),
    "longest_seconds": (0.3, {}),
    "duration_seconds": (0.3, {}),
}
# Settings that describe, and one that only refuses.
NAMES_OF_A_STAGE = {"name", "teach"}
REFUSED_OF_A_STAGE = {  # there is one algorithm
    "algorithm": ("adversarial", "Expected an algorithm among supervised; got 'adversarial'"),
    "algorithm_options": ({"share": 0.5}, "Expected an option of the algorithm 'supervised'"),
}
REFUSED = {"parameter_limit": (1, "a model of at most 1 parameters")}
DESCRIPTIONS = {
    "name": "other",
    "title": "Other",
    "summary": "Another summary.",
    "source": "a paper",
    "source_url": "https://example.org",
    "paper": {"dropout": "section 3"},
    "published": (PublishedFigure("a system", "UA", 50.0, "table 1"),),
}


def names(settings):
    return {field.name for field in dataclasses.fields(settings)}


def test_every_setting_has_its_line_here():
    assert set(OF_A_STAGE) | set(REFUSED_OF_A_STAGE) | NAMES_OF_A_STAGE == names(Stage)
    assert set(OF_AN_AUGMENTATION) == names(Augmentation)
    assert set(OF_A_DISTURBANCE) == names(DisturbanceSettings)
    assert set(OF_A_FRONT_END) == names(FrontEnd)
    assert set(OF_A_TASK) | set(REFUSED_OF_A_TASK) == names(TaskSettings)
    assert set(OF_A_RECIPE) | set(DESCRIPTIONS) | set(REFUSED) == names(Recipe)
    assert set(DESCRIPTIONS) | set(REFUSED) == set(DESCRIBED)  # what the card and the page leave out, too


@pytest.fixture(scope="module")
def result(tiny_corpus):
    """Return a function that trains a recipe on two speakers: the weights, and the embeddings of all four."""
    manifest = open_corpus(str(tiny_corpus))
    of = {
        speaker: tuple(index for index, item in enumerate(manifest.utterances) if item.speaker == speaker)
        for speaker in manifest.speakers
    }
    fold = Fold(1, of["f1"] + of["m1"], of["f2"], of["m2"])
    examples, results = {}, []

    def train(recipe):
        for known, found in results:
            if known == recipe:
                return found
        inputs = str((recipe.front_end, recipe.inputs, recipe.disturbances))
        if inputs not in examples:
            examples[inputs] = load_examples(manifest, recipe, cache=None)
        chosen = trained_fold(recipe, fold)
        require_trainable(manifest, [chosen], recipe)
        fitted = fit_fold(manifest, chosen, recipe, examples[inputs], seed=1)
        weights = {name: value.numpy().tobytes() for name, value in fitted.trained.model.state_dict().items()}
        space = fitted.spaces[-1]
        judged = [
            predictions(manifest, chosen, space, name, range(len(manifest.utterances))) for name in ("svm", "knn")
        ]
        found = (weights, space.embeddings.tobytes(), judged)
        results.append((recipe, found))
        return found

    return train


def with_stage(**settings):
    return dataclasses.replace(RECIPE, stages=(dataclasses.replace(STAGE, **settings),))


@pytest.mark.parametrize("setting", OF_A_STAGE)
def test_a_setting_of_a_stage_changes_what_is_learned(result, setting):
    value, besides = OF_A_STAGE[setting]
    before = with_stage(**besides)
    assert getattr(before.stages[0], setting) != value
    assert result(with_stage(**besides, **{setting: value})) != result(before)


@pytest.mark.parametrize("setting", OF_AN_AUGMENTATION)
def test_a_setting_of_the_augmentation_changes_what_is_learned(result, setting):
    value, besides = OF_AN_AUGMENTATION[setting]
    before, after = Augmentation(**besides), Augmentation(**besides, **{setting: value})
    assert result(with_stage(augmentation=after)) != result(with_stage(augmentation=before))


@pytest.mark.parametrize("setting", OF_A_DISTURBANCE)
def test_a_setting_of_a_disturbance_changes_what_is_learned(result, setting):
    value, besides = OF_A_DISTURBANCE[setting]
    before = dataclasses.replace(HISS, **besides)
    one, other = (
        dataclasses.replace(RECIPE, disturbances={"white-noise": settings})
        for settings in (before, dataclasses.replace(before, **{setting: value}))
    )
    assert result(one) != result(other)


@pytest.mark.parametrize("setting", OF_A_RECIPE)
def test_a_setting_of_a_recipe_changes_what_is_learned(result, setting):
    value, besides = OF_A_RECIPE[setting]
    before = dataclasses.replace(RECIPE, **besides)
    assert getattr(before, setting) != value
    assert result(dataclasses.replace(before, **{setting: value})) != result(before)


@pytest.mark.parametrize("setting", OF_A_FRONT_END)
def test_a_setting_of_the_front_end_changes_what_is_learned(result, setting):
    value, besides = OF_A_FRONT_END[setting]
    before = dataclasses.replace(RECIPE.front_end, **besides)
    after = dataclasses.replace(before, **{setting: value})
    assert after != before
    assert result(dataclasses.replace(RECIPE, front_end=after)) != result(dataclasses.replace(RECIPE, front_end=before))


@pytest.mark.parametrize("setting", OF_A_TASK)
def test_a_setting_of_a_task_changes_what_is_learned(result, setting):
    changed = dataclasses.replace(GENDER, **{setting: OF_A_TASK[setting]})
    one, other = (dataclasses.replace(RECIPE, tasks=(TaskSettings(), task)) for task in (GENDER, changed))
    assert result(one) != result(other)


def test_the_weight_of_a_task_that_is_alone_counts_too(result):
    one, other = (dataclasses.replace(RECIPE, tasks=(TaskSettings(weight=weight),)) for weight in (1.0, 0.01))
    assert result(one) != result(other)


@pytest.mark.parametrize("setting", REFUSED_OF_A_TASK)
def test_an_option_that_a_task_has_not_is_refused(result, setting):
    value, words = REFUSED_OF_A_TASK[setting]
    with pytest.raises(ConfigError, match=words):
        result(dataclasses.replace(RECIPE, tasks=(TaskSettings(), dataclasses.replace(GENDER, **{setting: value}))))


def test_what_only_describes_changes_not_a_bit(result):
    assert result(dataclasses.replace(RECIPE, **DESCRIPTIONS)) == result(RECIPE)
    assert result(with_stage(name="another")) == result(RECIPE)


@pytest.mark.parametrize("setting", REFUSED)
def test_a_limit_refuses(result, setting):
    value, words = REFUSED[setting]
    with pytest.raises(ConfigError, match=words):
        result(dataclasses.replace(RECIPE, **{setting: value}))


@pytest.mark.parametrize("setting", REFUSED_OF_A_STAGE)
def test_a_setting_of_a_stage_without_a_meaning_is_refused(result, setting):
    value, words = REFUSED_OF_A_STAGE[setting]
    with pytest.raises(ConfigError, match=words):
        result(with_stage(**{setting: value}))
