"""Arousal against ratings: what is compared with what, and that the page says what is kept."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benchmarks import arousal
from ser_core.checkpoints.folder import weights_digest
from ser_core.checkpoints.listing import SHIPPED
from ser_core.corpora.manifest import Manifest
from ser_core.errors import InputError
from ser_core.evaluation.agreement import concordance, spearman
from ser_core.inference import Reader

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture
def corpus(tmp_path):
    """Ratings of twelve utterances as EmoTale keeps them, and what a model would tell of each."""
    random = np.random.default_rng(1)
    ratings = random.integers(2, 11, (12, 3)) / 2
    lines = ["file,a1_A,a2_A,a3_A"]
    lines += [f"{number}.wav,{','.join(map(str, row))}" for number, row in enumerate(ratings)]
    (tmp_path / "annotations.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    shares = random.dirichlet((1, 1, 1), 12)
    table = pd.DataFrame(
        {
            "file": [f"wav/{number}.flac" for number in range(12)],
            "speaker": [f"s{number // 3}" for number in range(12)],
            "emotion": ["neutral", "sad", "angry"] * 4,
            "arousal": ratings.mean(axis=1),
            "predicted_arousal": random.uniform(-1, 1, 12),
            **{f"probability_{name}": shares[:, place] for place, name in enumerate(("neutral", "sad", "angry"))},
        }
    )
    return Manifest("emotale", tmp_path, (), "", ""), table, ratings, shares


def test_every_row_is_measured_against_the_ratings_moved_by_the_ends_of_their_scale(corpus, tiny_arousal_run):
    manifest, table, ratings, shares = corpus
    reader = Reader.load(tiny_arousal_run / "checkpoint")
    found = arousal.measured(reader, manifest, table)
    truth = (ratings.mean(axis=1) - 3) / 2
    assert found["utterances"] == 12
    assert found["head"]["ccc"] == pytest.approx(concordance(truth, table["predicted_arousal"].to_numpy()))
    expected = shares @ np.array([0, -0.27, 0.59])
    assert found["probabilities"]["ccc"]["value"] == pytest.approx(concordance(truth, expected))
    played = np.array([0, -0.27, 0.59] * 4)
    assert found["played"]["spearman"]["value"] == pytest.approx(spearman(truth, played))
    for one in range(3):
        others = (np.delete(ratings, one, axis=1).mean(axis=1) - 3) / 2
        assert found["raters"][one]["ccc"]["value"] == pytest.approx(concordance(others, (ratings[:, one] - 3) / 2))
        low, high = found["raters"][one]["ccc"]["interval"]
        assert low <= found["raters"][one]["ccc"]["value"] <= high
    json.dumps(found, allow_nan=False)


def test_a_model_without_a_head_has_the_other_rows_and_a_corpus_without_ratings_is_refused(corpus, tiny_checkpoint):
    manifest, table, *_ = corpus
    reader = Reader.load(tiny_checkpoint)
    found = arousal.measured(reader, manifest, table.drop(columns="predicted_arousal"))
    assert found["head"] is None
    page = arousal.page([{"checkpoint": "m", "corpora": [found]}])
    assert "| its probabilities of emotions |" in page
    assert "its head of arousal" not in page
    with pytest.raises(InputError, match="Expected a corpus with ratings of arousal on a known scale"):
        arousal.measured(reader, manifest, table.drop(columns="arousal"))


def test_the_page_is_that_of_the_kept_results_of_the_weights_that_ship():
    contents = arousal.kept(REPOSITORY / arousal.DEFAULT_FOLDER)
    for content in contents:
        assert content["checkpoint_digest"] == weights_digest(SHIPPED / content["checkpoint"])
    assert (REPOSITORY / arousal.DEFAULT_PAGE).read_text(encoding="utf-8") == arousal.page(contents)
