"""Result files are found again, put together by seed, and told apart from whatever else is JSON."""

import json
import statistics
from pathlib import Path

import pytest

from ser_core.checkpoints.store import settings_of
from ser_core.experiments.measured import KEPT, measurements, read_results, result_files
from ser_core.recipes import load_recipe


def content(recipe: str = "quick", *, overrides=(), scores=(0.5, 0.6), overlap: int = 0, **changed):
    folds = [{"fold": n, "uar": score, "wa": score + 0.1, "speaker_overlap": overlap} for n, score in enumerate(scores)]
    return {
        "version": 1, "corpus": "demo", "manifest_digest": "d", "recipe": recipe,
        "settings": settings_of(load_recipe(recipe, overrides)), "protocol": "speaker-k-fold", "seed": 0,
        "labels": ["neutral", "sad"], "back_end": "angle", "folds": folds, "partial": False,
    } | changed  # fmt: skip


@pytest.fixture
def kept(workspace: Path):
    """Write result files into the workspace."""

    def keep(name: str, what) -> Path:
        path = workspace / "results" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(what if isinstance(what, str) else json.dumps(what), encoding="utf-8")
        return path

    return keep


def found(recipe: str = "quick"):
    results, unreadable = read_results(result_files())
    assert not unreadable
    return measurements(results, load_recipe(recipe))


def test_results_are_found_in_the_documents_and_in_the_workspace_also_below(kept):
    mine = [kept("one.json", content()), kept("sweep/point/seed-0.json", content())]
    kept("sweep/point/seed-0/fold-1.json", {"fold": {}})
    kept(".being-written.json", "{")
    listed = result_files()
    assert set(mine) <= set(listed)
    assert {path for path in listed if not path.is_relative_to(KEPT)} == set(mine)


def test_without_any_folder_there_is_none(monkeypatch, workspace):
    monkeypatch.setattr("ser_core.experiments.measured.KEPT", workspace / "nowhere")
    assert result_files() == []


def test_the_result_that_ships_is_its_recipe_as_it_ships():
    (measured,) = [one for one in found("residual-triplet") if one.files[0].is_relative_to(KEPT) and not one.partial][
        :1
    ]
    assert (measured.corpus, measured.protocol, measured.speakers) == ("ravdess", "emobox", "not heard")
    assert measured.as_shipped
    content = json.loads((KEPT / "ravdess-emobox-residual-triplet.json").read_text(encoding="utf-8"))
    assert measured.uar[0] == pytest.approx(content["uar_mean"])


def test_seeds_are_put_together_over_all_their_folds(kept):
    kept("a.json", content(scores=(0.4, 0.5)))
    kept("b.json", content(scores=(0.6, 0.9), seed=1))
    (measured,) = found()
    assert measured.seeds == (0, 1)
    assert measured.folds == (2, 2)
    assert measured.uar == pytest.approx((0.6, statistics.stdev([0.4, 0.5, 0.6, 0.9])))
    assert measured.wa[0] == pytest.approx(0.7)


def test_the_same_run_kept_twice_counts_once(kept):
    kept("a.json", content())
    kept("b.json", content())
    (measured,) = found()
    assert measured.seeds == (0,)


@pytest.mark.parametrize(
    "changed",
    [
        {"corpus": "ravdess"},
        {"protocol": "emobox"},
        {"labels": ["neutral", "happy"]},
        {"back_end": "head"},
        {"partial": True},
        {"manifest_digest": "e"},
    ],
)
def test_what_answers_another_question_stays_apart(kept, changed):
    kept("a.json", content())
    kept("b.json", content(seed=1, **changed))
    assert [one.seeds for one in found()] == [(0,), (1,)] or [one.seeds for one in found()] == [(1,), (0,)]


def test_speakers_are_heard_if_one_fold_shares_one_whatever_the_protocol_promises(kept):
    kept("a.json", content(overlap=3, protocol="random-70-30"))
    kept("b.json", content())
    unsaid = content(protocol="other")
    for fold in unsaid["folds"]:
        del fold["speaker_overlap"]
    kept("c.json", unsaid)
    said = {one.protocol: one.speakers for one in found()}
    assert said == {"random-70-30": "heard", "speaker-k-fold": "not heard", "other": "not stated"}


def test_settings_that_differ_from_the_recipe_are_named_and_come_last(kept):
    kept("a.json", content(overrides=["embedding_size=3", "stages.0.options.label_smoothing=0.5"]))
    kept("b.json", content(seed=1))
    shipped, changed = found()
    assert shipped.as_shipped
    assert [(one.key, one.value, one.shipped) for one in changed.differences] == [
        ("embedding_size", 3, 64),
        ("stages.0.options.label_smoothing", 0.5, 0.1),
    ]


def test_words_of_a_recipe_may_change_without_its_settings_changing(kept):
    older = content()
    older["settings"] |= {"summary": "An older text.", "paper": {}}
    del older["settings"]["embedding_norm"]  # had today's default before it could be chosen
    kept("a.json", older)
    (measured,) = found()
    assert measured.as_shipped


def test_settings_of_another_release_cannot_be_compared(kept):
    strange = content()
    strange["settings"]["unheard_of"] = 1
    kept("a.json", strange)
    (measured,) = found()
    assert measured.differences is None
    assert not measured.as_shipped


def test_one_fold_has_no_deviation(kept):
    kept("a.json", content(scores=(0.5,), partial=True))
    (measured,) = found()
    assert measured.uar == (0.5, None)
    assert measured.partial


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ("{", "Expecting"),
        (content(version=7), "version 1"),
        (content(folds=[]), "at least one fold"),
        (content(folds=[{"fold": 1}]), "uar"),
        (content(folds=[{"fold": 1, "uar": "high", "wa": 0.5}]), "high"),
        (content(scores=(64.6,)), "from 0 to 1"),
        (content(seed="0"), "seed"),
    ],
)
def test_a_damaged_file_is_named_with_the_reason_and_the_others_are_read(kept, what, reason):
    kept("good.json", content())
    kept("bad.json", what)
    results, ((path, told),) = read_results(result_files())
    assert path.name == "bad.json"
    assert reason in told
    assert len(measurements(results, load_recipe("quick"))) == 1


@pytest.mark.parametrize("what", [{"sweep": "x", "recipe": "quick", "points": []}, [1, 2], "null"])
def test_what_is_no_result_is_left_alone(kept, what):
    kept("other.json", what)
    assert found() == []
