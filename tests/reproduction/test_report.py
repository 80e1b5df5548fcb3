"""The report in the repository is the one that its kept results make, and two of its numbers are computed anew."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import accuracy_score, balanced_accuracy_score

from ser_core.checkpoints.listing import SHIPPED
from ser_core.cli import main
from ser_core.geometry.correlation import smallest_eigenvalue
from ser_core.geometry.published import KUMAR_LABELS, kumar_table_2
from ser_core.reproduction.plan import shipped_plan
from ser_core.reproduction.report import report

REPOSITORY = Path(__file__).resolve().parents[2]
RESULTS = REPOSITORY / "docs" / "results" / "reproduction"
REPORT = REPOSITORY / "docs" / "reproduction.md"


@pytest.fixture(scope="module")
def written() -> str:
    return report(shipped_plan(), RESULTS, SHIPPED / "ravdess-residual")


def test_the_report_is_the_one_that_the_kept_results_make(written):
    assert REPORT.read_text(encoding="utf-8") == written


def test_the_command_writes_it(written, tmp_path):
    out = tmp_path / "report.md"
    assert main(["report", "--results", str(RESULTS), "--out", str(out)]) == 0
    assert out.read_text(encoding="utf-8") == written


def test_every_claim_has_its_row_also_where_nothing_was_run(tmp_path):
    text = report(shipped_plan(), tmp_path, SHIPPED / "ravdess-residual")
    for claim in shipped_plan().claims:
        assert text.count(f"| {claim.text} |") >= 1
    assert "Not run. In full: `python -m ser_core sweep kumar-ablation --corpus ravdess:DIR" in text


@pytest.mark.parametrize("name", [path.stem for path in sorted(RESULTS.glob("*.json"))])
def test_every_kept_score_follows_from_the_kept_predictions(name):
    content = json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))
    table = pd.read_parquet(RESULTS / f"{name}.predictions.parquet")
    for run in content["runs"]:
        rows = table[(table["point"] == run["point"]) & (table["seed"] == run["seed"])]
        folds = [(part["emotion"].astype(str), part["predicted"].astype(str)) for _, part in rows.groupby("fold")]
        assert run["uar_mean"] == pytest.approx(np.mean([balanced_accuracy_score(*fold) for fold in folds]))
        assert run["wa_mean"] == pytest.approx(np.mean([accuracy_score(*fold) for fold in folds]))


def test_no_eight_vectors_have_kumars_angles():
    angles = kumar_table_2()
    assert np.array_equal(angles, angles.T)
    assert angles[KUMAR_LABELS.index("neutral"), KUMAR_LABELS.index("sad")] == 89.78
    assert smallest_eigenvalue(angles) == pytest.approx(-0.334, abs=5e-4)
    assert angles[0, 3] > angles[0, 2] + angles[2, 3]
