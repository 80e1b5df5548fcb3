"""A stage's settings name the back end that its confusion matrix is counted with, and the miner of its triplets."""

from pathlib import Path

import tomli_w

from ser_core.recipes import recipe_table
from ser_core.training.plan import CONFIG
from ui.views.train.judged import judged_by, miner_of


def test_each_stage_is_judged_by_what_its_objective_names(tmp_path: Path):
    settings = {"corpus": "demo", "protocol": "held-out-speakers", "fold": 1, "seed": 0}
    (tmp_path / CONFIG).write_text(tomli_w.dumps({**settings, "recipe": recipe_table("residual-triplet")}))
    assert judged_by(tmp_path, "softmax") == "head"
    assert judged_by(tmp_path, "triplet") == "angle"
    assert judged_by(tmp_path, "no such stage") == ""


def test_a_run_without_settings_names_none(tmp_path: Path):
    assert judged_by(tmp_path, "softmax") == ""


def test_the_miner_is_the_one_of_the_stage_or_the_objectives_own(tmp_path: Path):
    settings = {"corpus": "demo", "protocol": "held-out-speakers", "fold": 1, "seed": 0}
    table = recipe_table("quick")
    (tmp_path / CONFIG).write_text(tomli_w.dumps({**settings, "recipe": table}))
    assert miner_of(tmp_path, "triplet") == "semi-hard"
    assert miner_of(tmp_path, "softmax") == ""
    assert miner_of(tmp_path, "no such stage") == ""
    other = tmp_path / "other"
    other.mkdir()
    del table["stages"][1]["options"]["miner"]
    (other / CONFIG).write_text(tomli_w.dumps({**settings, "recipe": table}))
    assert miner_of(other, "triplet") == "batch-hard"
