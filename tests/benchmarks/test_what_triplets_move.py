"""What triplets move is measured on the voices of the asked part, with the figures of the model that was trained."""

import pytest

from benchmarks.what_triplets_move import VERSION, measured, report
from ser_core.corpora import open_corpus
from ser_core.corpora.protocols import make_folds
from ser_core.lessons.triplets_measured import CONTROL, HEARD, TRIPLETS, UNHEARD, TripletsMeasured
from ser_core.recipes import load_recipe
from ser_core.training.examples import load_examples
from ser_core.training.fit import back_end_scores, fit_fold

SHORT = ("stages.0.epochs=1", "stages.1.epochs=1", "stages.1.utterances_per_class=2")


@pytest.fixture(scope="module")
def figures(tiny_corpus, tmp_path_factory):
    manifest = open_corpus(str(tiny_corpus))
    found = []
    for name in (TRIPLETS, CONTROL):
        recipe = load_recipe(name, SHORT)
        examples = load_examples(manifest, recipe, cache=tmp_path_factory.mktemp("cache"))
        for seed in (0, 1):
            found += measured(manifest, recipe, examples, seed, "test")
    return manifest, found


def test_accuracy_by_angle_is_that_of_the_evaluation(figures, tmp_path):
    manifest, found = figures
    recipe = load_recipe(TRIPLETS, SHORT)
    (fold,) = make_folds(manifest, "held-out-speakers", 1)
    fitted = fit_fold(manifest, fold, recipe, load_examples(manifest, recipe, cache=tmp_path), seed=1)
    rows = {(row.part, row.stage): row for row in found if (row.recipe, row.seed) == (TRIPLETS, 1)}
    for stage, space in enumerate(fitted.spaces, start=1):
        for part, name in ((HEARD, "train"), (UNHEARD, "test")):
            expected = back_end_scores(manifest, fold, space, name)["angle"].uar
            assert rows[part, stage].accuracy == pytest.approx(expected)


def test_the_report_names_the_voices_and_gives_an_interval_to_every_mean(figures):
    manifest, found = figures
    content = TripletsMeasured(VERSION, "Tiny", 4, len(manifest.utterances), "test", SHORT, "", "", tuple(found))
    lines = list(report(content))
    assert lines[0].startswith("Tiny: 4 voices, 36 clips; unheard: test voices; 2 seeds")
    assert sum(line.startswith(("  heard", "  unheard")) for line in lines) == 6
    assert all(line.count("[") == 4 for line in lines if line.startswith("  "))
