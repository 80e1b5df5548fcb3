"""Results that answer one question are put together, whatever the seed; others stay apart."""

import json
import statistics

import pytest

from ser_core.experiments.measured import measurements
from ser_core.experiments.places import KEPT_RESULTS, result_places
from ser_core.experiments.reading import read_results
from ser_core.recipes import load_recipe


def found(recipe: str = "quick", *, shipped: bool = False):
    """What was measured with a recipe, in the workspace alone or in the results that ship."""
    places = [place for place in result_places() if place.path.is_relative_to(KEPT_RESULTS) == shipped]
    return measurements([result for place in places for result in read_results(place)], load_recipe(recipe))


@pytest.mark.usefixtures("workspace")
def test_the_result_that_ships_is_its_recipe_as_it_is():
    paths = sorted(KEPT_RESULTS.glob("ravdess-emobox-residual-triplet*.json"))
    (measured,) = [
        one for one in found("residual-triplet", shipped=True) if paths[0] in [place.path for place in one.places]
    ]
    assert (measured.corpus, measured.protocol, measured.speakers) == ("ravdess", "emobox", "not heard")
    assert not measured.differences
    assert sorted(place.path for place in measured.places) == paths
    seeds = [json.loads(path.read_text(encoding="utf-8"))["uar_mean"] for path in paths]
    assert measured.uar[0] == pytest.approx(sum(seeds) / 3)


def test_speakers_are_heard_if_one_fold_shares_one_whatever_the_protocol_promises(content, write):
    write("a.json", content(overlap=3, protocol="random-70-30"))
    write("b.json", content())
    unsaid = content(protocol="other")
    for fold in unsaid["folds"]:
        del fold["speaker_overlap"]
    write("c.json", unsaid)
    said = {one.protocol: one.speakers for one in found()}
    assert said == {"random-70-30": "heard", "speaker-k-fold": "not heard", "other": "not stated"}


def test_seeds_are_put_together_over_all_their_folds(content, write):
    write("a.json", content(scores=(0.4, 0.5)))
    write("b.json", content(scores=(0.6, 0.9), seed=1))
    (measured,) = found()
    assert measured.seeds == (0, 1)
    assert measured.folds == (2, 2)
    assert measured.uar == pytest.approx((0.6, statistics.stdev([0.4, 0.5, 0.6, 0.9])))
    assert measured.wa[0] == pytest.approx(0.7)


def test_the_same_run_kept_twice_counts_once(content, write):
    write("a.json", content())
    write("b.json", content())
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
def test_what_answers_another_question_stays_apart(content, write, changed):
    write("a.json", content())
    write("b.json", content(seed=1, **changed))
    assert [one.seeds for one in found()] == [(0,), (1,)] or [one.seeds for one in found()] == [(1,), (0,)]


def test_settings_that_differ_from_the_recipe_are_named_and_come_last(content, write):
    write("a.json", content(overrides=["embedding_size=3", "stages.0.options.label_smoothing=0.5"]))
    write("b.json", content(seed=1))
    shipped, changed = found()
    assert shipped.as_shipped
    assert [(one.key, one.value, one.shipped) for one in changed.differences] == [
        ("embedding_size", 3, 64),
        ("stages.0.options.label_smoothing", 0.5, 0.1),
    ]


def test_what_a_sweep_makes_of_another_recipe_is_that_recipe(content, write):
    """Dai's log-STFT without centre loss, as a point of a sweep over the recipe for log-mel with it."""
    point = ['front_end.kind="log-stft"', "stages.0.options.weight=0.0"]
    write("a.json", content("dai-2019-mel", overrides=point))
    (measured,) = found("dai-2019-stft-softmax")
    assert measured.as_shipped  # mel bands and the name of a stage have no effect
    assert found("dai-2019-stft") == []
    (measured,) = found("dai-2019-mel")
    assert "stages.0.options.weight" in [one.key for one in measured.differences]
    assert not measured.is_recipe


def test_words_of_a_recipe_may_change_without_its_settings_changing(content, write):
    older = content()
    older["settings"] |= {"summary": "An older text.", "paper": {}}
    del older["settings"]["embedding_norm"]  # had today's default before it could be chosen
    write("a.json", older)
    (measured,) = found()
    assert measured.as_shipped


def test_settings_of_another_release_cannot_be_compared(content, write):
    strange = content()
    strange["settings"]["unheard_of"] = 1
    write("a.json", strange)
    (measured,) = found()
    assert measured.differences is None
    assert not measured.as_shipped


def test_one_fold_has_no_deviation(content, write):
    write("a.json", content(scores=(0.5,), partial=True))
    (measured,) = found()
    assert measured.uar == (0.5, None)
    assert measured.partial
