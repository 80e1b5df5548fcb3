"""Every recipe trains, from the command line, on a tree in IEMOCAP's layout."""

import json

import pytest

from ser_core.cli import main
from ser_core.recipes.recipe import shipped_recipes
from tests.recipes.shortened import shortened

PUBLISHED = tuple(name for name in shipped_recipes() if name.startswith(("kumar", "lian", "dai")))


def test_seven_recipes_are_published():
    assert PUBLISHED == (
        "dai-2019-mel",
        "dai-2019-mel-softmax",
        "dai-2019-stft",
        "dai-2019-stft-softmax",
        "kumar-2020",
        "lian-2018-pdt",
        "lian-2018-softmax",
    )


@pytest.fixture(scope="module")
def read_once(tmp_path_factory):
    """One workspace for all recipes: those with one front end share what it made of the recordings."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SER_WORKSPACE", str(tmp_path_factory.mktemp("workspace")))
        yield


@pytest.mark.usefixtures("read_once")
@pytest.mark.parametrize("name", shipped_recipes())
def test_a_recipe_trains_on_four_classes_of_an_iemocap_tree(name, iemocap_tree, tmp_path):
    out = tmp_path / "result.json"
    command = ["evaluate", "--corpus", f"iemocap:{iemocap_tree}", "--map", "iemocap-4", "--recipe", name]
    command += ["--protocol", "sessions-1-3-4-5", "--out", str(out), "--workers", "1"]
    command += [part for change in shortened(name) for part in ("--set", change)]
    assert main(command) == 0
    result = json.loads(out.read_text())
    assert set(result["labels"]) == {"neutral", "happy", "sad", "angry"}
    assert result["speaker_independent"]
    assert len(result["folds"]) == 1
    assert {"head", "angle", "svm", "knn"} <= set(result["stages"][-1]["back_ends"])
    assert ("pairs" in name or "pdt" in name) == ("same_accuracy" in json.dumps(result))
