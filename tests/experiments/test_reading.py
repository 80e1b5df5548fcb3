"""One reader finds result files, reads them, and tells damaged ones apart from whatever else is JSON."""

import json
import shutil

import pytest

from ser_core.errors import ConfigError
from ser_core.experiments.places import KEPT_RESULTS, result_places
from ser_core.experiments.reading import read_results

KEPT = KEPT_RESULTS / "ravdess-emobox-residual-triplet.json"


def place_of(path):
    return next(place for place in result_places() if place.path == path)


def test_results_are_found_in_the_workspace_also_below_in_sweeps_and_in_the_documents(content, write, workspace):
    mine = [write("one.json", content()), write("sweep/point/seed-0.json", content())]
    write("sweep/point/seed-0/fold-1.json", {"fold": {}})
    write(".being-written.json", "{")
    point = workspace / "sweeps" / "weights" / "weight=0.1"
    (point / "seed-0").mkdir(parents=True)
    (point / "seed-0" / "fold-1.json").write_text("{}")
    (point.parent / "sweep.json").write_text("{}")
    shutil.copy(mine[0], point / "seed-0.json")
    here = {place.path: (place.name, place.kind) for place in result_places() if workspace in place.path.parents}
    assert here == {
        mine[0]: ("results/one", "evaluation"),
        mine[1]: ("results/sweep/point/seed-0", "evaluation"),
        point / "seed-0.json": ("sweeps/weights/weight=0.1/seed-0", "sweep point"),
    }
    assert (place_of(KEPT).name, place_of(KEPT).kind) == (f"kept/{KEPT.stem}", "kept result")


def test_without_any_folder_there_is_none(monkeypatch, workspace):
    monkeypatch.setattr("ser_core.experiments.places.KEPT_RESULTS", workspace / "nowhere")
    monkeypatch.setattr("ser_core.experiments.places.KEPT_EXPERIMENTS", workspace / "nowhere")
    assert list(result_places()) == []


def test_a_file_of_an_earlier_release_does_not_say_how_its_corpus_was_named_nor_mapped(content, write):
    (result,) = read_results(place_of(write("one.json", content())))
    assert (result.corpus_option, result.mapping) == ("", None)


def test_a_result_says_what_its_file_says(content, write):
    named = {"corpus_option": "demo", "mapping": {"excited": "happy"}}
    path = write("one.json", content(scores=(0.5, 0.7), seed=3, partial=True, **named))
    (result,) = read_results(place_of(path))
    assert (result.corpus_option, result.mapping) == ("demo", {"excited": "happy"})
    assert (result.recipe, result.corpus, result.digest, result.protocol) == ("quick", "demo", "d", "speaker-k-fold")
    assert (result.labels, result.seed, result.back_end, result.partial) == (("neutral", "sad"), 3, "angle", True)
    assert (result.fold_numbers, result.of_folds("uar"), result.speakers_heard) == ((0, 1), [0.5, 0.7], False)
    assert result.scores["angle"].uar == pytest.approx(0.6)
    assert result.parameters["embedding_size"] == 64
    assert result.made == pytest.approx(path.stat().st_mtime)
    assert [kept.made for kept in read_results(place_of(KEPT))] == [None]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ("{", "Expecting"),
        ("[" * 100_000, "too deep"),
        ({"seed": int("1" * 400)}, "a number that is none"),
        ({"folds": [{"fold": 1, "uar": float("nan"), "wa": 0.5}]}, "a number that is none, NaN"),
        ({"stages": [{"back_ends": {"angle": {"uar_mean": 64.6, "wa_mean": 0.5}}}]}, "uar_mean 64.6 in place"),
        ({"stages": [{"back_ends": {"angle": {"uar_mean": 0.6, "wa_mean": 0.5, "uar_std": "x"}}}]}, "uar_std 'x'"),
        ({"version": 7}, "version 7 instead of 1"),
        ({"folds": []}, "no folds"),
        ({"folds": [{"fold": 1}]}, r"Expected uar, wa in \[folds\.0\]"),
        ({"folds": [{"fold": 1, "uar": "high", "wa": 0.5}]}, "high"),
        ({"folds": [{"fold": 1, "uar": 0.5, "wa": 0.5}] * 2}, "a fold more than once"),
        ({"scores": (64.6,)}, "from 0 to 1"),
        ({"seed": "0", "corpus": None}, "no corpus, seed, or of another kind"),
        ({"stages": []}, "no stages"),
        ({"mapping": "none"}, "no mapping, or of another kind"),
        ({"stages": [{"stage": "softmax"}]}, "no 'back_ends'"),
    ],
)
def test_a_damaged_file_is_refused_with_the_reason_and_what_to_do(content, write, changed, reason):
    path = write("bad.json", changed if isinstance(changed, str) else content(**changed))
    with pytest.raises(ConfigError, match=f"Expected a result file at .*{reason}.*Make it again, or move it"):
        read_results(place_of(path))


@pytest.mark.parametrize("what", [{"sweep": "x", "recipe": "quick", "points": []}, {"matrix_degrees": []}, [1], "null"])
def test_what_is_no_result_is_left_alone(write, what):
    path = write("other.json", json.dumps(what) if not isinstance(what, str) else what)
    assert read_results(place_of(path)) == ()
