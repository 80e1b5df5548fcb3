"""Figures of the same speech and the same division may stand side by side; of all others, what differs is named."""

import dataclasses
from typing import Any

import numpy as np
import pandas as pd
import pytest

from ser_core.evaluation.comparable import ADVICE, ScoreBasis, differences, utterances_digest

BASIS = ScoreBasis("ravdess", "1234567890", ("neutral", "sad"), {}, "emobox", (1, 2), 0, "aa")


def changed(**values: Any) -> ScoreBasis:
    return dataclasses.replace(BASIS, **values)


@pytest.mark.parametrize(
    "other",
    [
        BASIS,
        changed(labels=("sad", "neutral"), folds=(2, 1)),  # another order
        changed(labels=(), tested=""),  # a run that has not come so far
        changed(mapping=None),  # a result file does not say it; its digest would
        changed(seed=7),  # the protocol tests the same utterances whatever the seed
    ],
)
def test_the_same_speech_in_the_same_division_may_be_compared(other: ScoreBasis) -> None:
    assert differences(BASIS, other) == {}
    assert differences(other, BASIS) == {}


@pytest.mark.parametrize(
    ("other", "what", "told"),
    [
        (changed(corpus="emodb", digest="99"), "corpus", "ravdess and emodb"),
        (changed(digest="99887766554"), "corpus digest", "12345678… and 99887766…"),
        (changed(mapping={"calm": "neutral"}, digest="99"), "mapping of emotions", "none and calm → neutral"),
        (changed(labels=("sad", "angry")), "emotions", "neutral, sad and sad, angry"),
        (changed(protocol="random-70-30"), "protocol", "emobox and random-70-30"),
        (changed(folds=(3,)), "folds", "1, 2 and 3"),
        (changed(seed=1, tested="bb"), "seed of the split", "0 and 1, which draw other test utterances"),
        (changed(seed=1, tested=""), "seed of the split", "0 and 1, which may draw other test utterances"),
        (changed(tested="bb"), "test utterances", "in spite of the same protocol"),
    ],
)
def test_what_differs_is_named_alone_with_both_values_and_the_way_out(other: ScoreBasis, what: str, told: str) -> None:
    found = differences(BASIS, other)
    assert list(found) == [what]
    assert told in found[what]
    assert ADVICE[what]


def test_all_differences_are_told_at_once() -> None:
    other = changed(corpus="emodb", digest="99", protocol="emobox-emodb", folds=(1,), seed=3, tested="cc")
    assert list(differences(BASIS, other)) == ["corpus", "protocol", "folds"]


def test_test_utterances_are_named_alike_in_any_order_and_with_or_without_an_empty_start() -> None:
    table = pd.DataFrame({"fold": [1, 1, 2], "file": ["a", "b", "a"], "predicted": list("xyz")})
    name = utterances_digest(table)
    assert utterances_digest(table[::-1].assign(predicted="w", start=np.nan)) == name
    assert utterances_digest(table.assign(fold=1)) != name
    assert utterances_digest(table[:2]) != name
    assert utterances_digest(table.assign(start=[0.0, 1.5, 0.0])) not in (
        name,
        utterances_digest(table.assign(start=0.0)),
    )
