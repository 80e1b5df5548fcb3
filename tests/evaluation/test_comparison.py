"""Two tables of predictions: the same figure as from lists, and every reason not to compare."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from ser_core.errors import InputError
from ser_core.evaluation.comparison import difference_of_tables
from ser_core.evaluation.metrics import confusion, uar, wa
from ser_core.evaluation.seeds import difference_of_counts
from ser_core.evaluation.statistics import counts_by_speaker

ORDER = ("happy", "sad", "angry")


def table(random: np.random.Generator, *, skill: float = 0.6, seeds: tuple[int, ...] = (0, 1, 2)) -> pd.DataFrame:
    """Six speakers with twelve utterances each, tested in three folds, under each seed."""
    rows = [
        {
            "seed": seed,
            "fold": 1 + speaker // 2,
            "file": f"{speaker}/{take}.wav",
            "speaker": f"s{speaker}",
            "emotion": ORDER[take % 3],
            "predicted": ORDER[take % 3] if random.random() < skill else str(random.choice(ORDER)),
        }
        for seed in seeds
        for speaker in range(6)
        for take in range(12)
    ]
    return pd.DataFrame(rows)


@pytest.fixture
def systems(random: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
    return table(random), table(random, skill=0.8)


def test_tables_in_any_order_give_what_lists_give(systems, random) -> None:
    first, second = systems
    names = sorted(set(first["speaker"]))
    counts = [
        np.stack(
            [
                counts_by_speaker(*(rows[name] for name in ("emotion", "predicted", "speaker")), names, ORDER)
                for _, rows in system.groupby("seed")
            ]
        )
        for system in systems
    ]
    for metric in (uar, wa):
        expected = difference_of_counts(*counts, metric=metric)
        shuffled = second.sample(frac=1, random_state=int(random.integers(99)))
        assert difference_of_tables(first, shuffled, ORDER, metric=metric) == expected


def test_each_seed_may_test_other_utterances_as_long_as_both_systems_do(systems) -> None:
    """As where the seed draws who is tested."""
    kept = [system[(system["seed"] + system["file"].str[0].astype(int)) % 3 > 0] for system in systems]
    names = sorted(kept[0]["speaker"].unique())
    counts = np.zeros((2, 3, 6, 3, 3), dtype=int)
    for number, system in enumerate(kept):
        for seed in range(3):
            for place, name in enumerate(names):
                rows = system[(system["seed"] == seed) & (system["speaker"] == name)]
                counts[number, seed, place] = confusion(rows["emotion"], rows["predicted"], ORDER)
    expected = difference_of_counts(counts[0], counts[1])
    assert difference_of_tables(*kept, ORDER) == expected


def test_several_utterances_of_one_file_are_told_apart_by_where_they_begin(systems) -> None:
    cut = []
    for system in systems:
        starts = system["file"].str.extract(r"/(\d+)", expand=False).astype(float)
        cut.append(system.assign(start=starts, end=starts + 1, file=system["speaker"] + ".wav"))
    assert difference_of_tables(*cut, ORDER) == difference_of_tables(*systems, ORDER)
    with pytest.raises(InputError, match="each utterance once per seed in the predictions of the first system; s0.wav"):
        difference_of_tables(*[system.drop(columns=["start", "end"]) for system in cut], ORDER)


Change = Callable[[pd.DataFrame], pd.DataFrame]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t.drop(columns="fold"), r"the second system; there is no fold\. Read the .predictions.parquet file"),
        (lambda t: t[t["seed"] < 2], r"under the same seeds; got 0, 1, 2 and 0, 1\. Train both with the same seeds"),
        (lambda t: t.assign(seed=t["seed"] + 1), "got 0, 1, 2 and 1, 2, 3"),
        (lambda t: t[:0], "got 0, 1, 2 and none"),
        (lambda t: pd.concat([t, t[:5]]), r"once per seed .* second system; 0/0.wav under seed 0, .* and 2 more came"),
        (
            lambda t: t[1:],
            r"tested on the same utterances; got 1 only by the first \(0/0.wav under seed 0\)\. Evaluate",
        ),
        (
            lambda t: t.assign(file=t["file"].replace("0/0.wav", "new.wav")),
            r"got 3 only by the first \(0/0.wav under seed 0, .*\) and 3 only by the second \(new.wav under seed 0",
        ),
        (
            lambda t: t.assign(fold=t["fold"] % 3 + 1),
            r"same fold of each utterance in both systems; 0/0.wav under seed 0 has 1 in the first and 2 in the second "
            r"\(216 of 216 differ\)\. Evaluate both with the same protocol",
        ),
        (
            lambda t: t.assign(emotion=t["emotion"].replace("sad", "happy")),
            r"same emotion .* has sad in the first and happy in the second \(72 of 216 .*same mapping of emotions",
        ),
        (lambda t: t.assign(speaker="s0"), "same speaker .* has s1 in the first and s0 in the second"),
        (lambda t: t.assign(predicted="calm"), "Expected labels among happy, sad, angry; got 'calm'"),
    ],
)
def test_tables_that_differ_are_refused_with_the_reason(systems, change: Change, message: str) -> None:
    first, second = systems
    with pytest.raises(InputError, match=message):
        difference_of_tables(first, change(second), ORDER)


def test_two_seeds_or_one_speaker_are_too_few(random: np.random.Generator) -> None:
    two = table(random, seeds=(0, 1))
    with pytest.raises(InputError, match="at least 3 seeds per system; got 2 and 2"):
        difference_of_tables(two, two, ORDER)
    alone = table(random)
    alone = alone[alone["speaker"] == "s0"]
    with pytest.raises(InputError, match="at least two speakers to draw from; got 1"):
        difference_of_tables(alone, alone, ORDER)
