"""The run that ships with the lesson is whole, of the demo corpus, and of voices by which nothing was chosen."""

import shutil

import numpy as np
import pytest

from ser_core.corpora import open_corpus
from ser_core.corpora.protocols import make_folds
from ser_core.embeddings.forming import forming_space
from ser_core.errors import EmbeddingError
from ser_core.lessons.space_forming import FOLDER, SECOND_STAGES, SEED, shipped_epochs
from ser_core.recipes import load_recipe


@pytest.mark.parametrize("recipe", SECOND_STAGES.values())
def test_every_epoch_of_both_stages_is_there(recipe):
    found = shipped_epochs(recipe)
    assert [number for number, _, _ in found] == list(range(len(found)))
    stages = [stage for _, stage, _ in found[1:]]
    assert list(dict.fromkeys(stages)) == [stage.name for stage in load_recipe(recipe).stages]
    assert len(stages) == load_recipe(recipe).epochs


def test_the_first_stage_of_both_is_the_same():
    first, second = (shipped_epochs(recipe) for recipe in SECOND_STAGES.values())
    shared = load_recipe("quick").stages[0].epochs
    for (_, _, one), (_, _, other) in zip(first[: shared + 1], second[: shared + 1], strict=True):
        np.testing.assert_array_equal(one.embeddings, other.embeddings)
    assert not np.array_equal(first[-1][2].embeddings, second[-1][2].embeddings)


def test_the_voices_are_those_of_training_and_of_the_test_of_the_told_seed():
    manifest = open_corpus("demo")
    (fold,) = make_folds(manifest, "held-out-speakers", SEED)
    _, _, space = shipped_epochs("quick")[-1]
    for part, rows in (("train", fold.train), ("test", fold.test)):
        files = space.column("file")[space.column("split") == part]
        assert sorted(files) == sorted(manifest.utterances[row].file for row in rows)
    assert set(space.column("split")) == {"train", "test"}


def test_what_ships_is_small_and_names_no_folder_of_a_computer():
    files = list(FOLDER.rglob("*.parquet"))
    assert sum(path.stat().st_size for path in files) < 1_000_000
    for path in files:
        assert b"/demo_speech" not in path.read_bytes()


def test_the_space_forms_on_both_kinds_of_voices():
    formed = forming_space(shipped_epochs("quick"))
    before, after = formed.epochs[0], formed.epochs[-1]
    assert after.heard.ratio < before.heard.ratio / 5
    assert after.unheard.ratio < before.unheard.ratio
    assert after.unheard.accuracy > formed.chance


def test_a_missing_file_is_told_with_what_to_do(tmp_path):
    folder = tmp_path / "space_forming"
    with pytest.raises(EmbeddingError, match="got: none Install the package again"):
        shipped_epochs("quick", folder)
    shutil.copytree(FOLDER, folder)
    (folder / "quick" / "snapshots" / "epoch-00003.parquet").write_bytes(b"")
    with pytest.raises(EmbeddingError, match="Install the package again"):
        shipped_epochs("quick", folder)
