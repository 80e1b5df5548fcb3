"""Another temperature and other ranges for a finished model: its network, directions and answers stay."""

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import torch

from ser_core.checkpoints.refitting import development_fit, refit
from ser_core.checkpoints.store import load_checkpoint
from ser_core.evaluation.left_out import FittedOnLeftOut, LeftOutCorpus
from ser_core.models.running import run_head

WIDER, HOTTER = 12.5, 2.0


@pytest.fixture
def copy(tiny_checkpoint: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(tiny_checkpoint, tmp_path / "model"))


def fitted(folder: Path, temperature: float) -> FittedOnLeftOut:
    by_development, ranges = development_fit(folder)
    return FittedOnLeftOut(
        temperature=temperature,
        widened_degrees=WIDER,
        temperature_by_development=by_development,
        ranges_by_development=dict(ranges),
        corpora=(LeftOutCorpus("elsewhere", 10, 2, 0.5, 0.3, 0.1, 0.6, 0.9),),
    )


def test_only_temperature_ranges_and_what_follows_from_them_change(copy: Path) -> None:
    before, atlas_before = load_checkpoint(copy), pd.read_parquet(copy / "atlas.parquet")
    refit(copy, fitted(copy, HOTTER))
    after, atlas = load_checkpoint(copy), pd.read_parquet(copy / "atlas.parquet")
    assert after.temperature == pytest.approx(HOTTER)
    np.testing.assert_allclose(after.ranges, before.ranges + WIDER, rtol=1e-5)
    np.testing.assert_array_equal(after.directions, before.directions)
    for name, weights in before.model.state_dict().items():
        assert torch.equal(after.model.state_dict()[name], weights), name
    logits = run_head(after.model, np.stack(atlas["embedding"].to_list()).astype(np.float32)) / HOTTER
    shares = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(atlas[[f"probability_{label}" for label in after.labels]], shares, atol=1e-5)
    assert atlas["predicted"].tolist() == atlas_before["predicted"].tolist()
    assert not after.card.elsewhere  # scores of other probabilities


def test_what_development_speakers_had_set_is_known_after_every_refit(copy: Path) -> None:
    first = development_fit(copy)
    refit(copy, fitted(copy, HOTTER))
    refit(copy, fitted(copy, 3.0))
    again = development_fit(copy)
    assert again[0] == pytest.approx(first[0])
    assert again[1] == pytest.approx(first[1])
    np.testing.assert_allclose(load_checkpoint(copy).ranges, np.array(list(first[1].values())) + WIDER, rtol=1e-5)
