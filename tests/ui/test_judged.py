"""The confusion matrix of a run names the back end that it was counted with."""

from pathlib import Path

import tomli_w

from ser_core.recipes import recipe_table
from ser_core.training.plan import CONFIG
from ui.views.train.judged import judged_by


def test_each_stage_is_judged_by_what_its_objective_names(tmp_path: Path):
    settings = {"corpus": "demo", "protocol": "held-out-speakers", "fold": 1, "seed": 0}
    (tmp_path / CONFIG).write_text(tomli_w.dumps({**settings, "recipe": recipe_table("residual-triplet")}))
    assert judged_by(tmp_path, "softmax") == "head"
    assert judged_by(tmp_path, "triplet") == "angle"
    assert judged_by(tmp_path, "no such stage") == ""


def test_a_run_without_settings_names_none(tmp_path: Path):
    assert judged_by(tmp_path, "softmax") == ""
