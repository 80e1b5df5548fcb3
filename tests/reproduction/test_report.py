"""The report in the repository is the one that its kept results make, and two of its numbers are computed again."""

import json
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import accuracy_score, balanced_accuracy_score

from ser_core.checkpoints.listing import SHIPPED
from ser_core.cli import main
from ser_core.geometry.correlation import smallest_eigenvalue
from ser_core.geometry.published import KUMAR_LABELS, PRINTED_ANGLES
from ser_core.recipes import load_recipe
from ser_core.reproduction.plan import shipped_plan
from ser_core.reproduction.report import report
from ser_core.training.parameters import every_parameter

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
    assert "Not run. In full: `python -m ser_core reproduce --corpus ravdess:DIR --only kumar-ablation-ravdess" in text
    assert "`python -m ser_core reproduce --corpus demo --only triplets-or-softmax-demo --in-full`" in text


def test_what_was_run_in_full_is_one_more_column_with_what_it_was_trained_on(written, tmp_path):
    """The same file again, as if nothing of it were shortened: three seeds are still too few to refute."""
    shutil.copytree(RESULTS, tmp_path, dirs_exist_ok=True)
    (tmp_path / "in-full").mkdir()
    name = "kumar-ravdess-70-30-paper"
    shutil.copy(RESULTS / f"{name}.predictions.parquet", tmp_path / "in-full")
    content = json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))
    (tmp_path / "in-full" / f"{name}.json").write_text(json.dumps(content | {"overrides": []}), encoding="utf-8")
    text = report(shipped_plan(), tmp_path, SHIPPED / "ravdess-residual")
    assert "| in full |" not in written
    assert text.count("| verdict | needs | in full |") == written.count("| verdict | needs |") > 0
    row, other = (
        next(line for line in text.splitlines() if f"RAVDESS, {split}, with kumar-2020" in line)
        for split in ("70/30", "random 10-fold")
    )
    here = row.split(" | ")[3].split(". ")[0]
    assert row.endswith(f"| {here} (cpu): … **not seen at this budget**; needs 2 more seeds |")
    assert other.endswith("|  |")
    assert text.split("All runs together")[1][:60] == written.split("All runs together")[1][:60]


def test_the_report_says_where_it_was_trained_and_which_values_of_a_sweep_were_left_out(written, tmp_path):
    assert "What stands under *here* was trained on: cpu.\n" in written
    told = written.split("### kumar-ravdess-70-30\n")[1].split("###")[0]
    assert "Of `system` only `residual-triplet`. Not shortened." in told
    told = written.split("### kumar-ablation-ravdess\n")[1].split("###")[0]
    assert "Of `layers` only `7`, `11`, `15`. Shortened:" in told
    assert "Of `" not in written.split("### dai-emodb-heard\n")[1].split("###")[0]

    shutil.copytree(RESULTS, tmp_path, dirs_exist_ok=True)
    one = tmp_path / "dai-emodb-heard.json"
    one.write_text(one.read_text(encoding="utf-8").replace('"device": "cpu"', '"device": "cuda"'), encoding="utf-8")
    assert "was trained on: cpu, cuda.\n" in report(shipped_plan(), tmp_path, SHIPPED / "ravdess-residual")


@pytest.mark.parametrize("name", [path.stem for path in sorted(RESULTS.glob("*.json"))])
def test_every_kept_score_follows_from_the_kept_predictions(name):
    content = json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))
    table = pd.read_parquet(RESULTS / f"{name}.predictions.parquet")
    for run in content["runs"]:
        rows = table[(table["point"] == run["point"]) & (table["seed"] == run["seed"])]
        folds = [(part["emotion"].astype(str), part["predicted"].astype(str)) for _, part in rows.groupby("fold")]
        assert run["uar_mean"] == pytest.approx(np.mean([balanced_accuracy_score(*fold) for fold in folds]))
        assert run["wa_mean"] == pytest.approx(np.mean([accuracy_score(*fold) for fold in folds]))


def test_two_numbers_of_the_report_follow_from_the_kept_predictions(written):
    """Dai's softmax on log-mel, and the gain of centre loss over it, as they are printed."""
    table = pd.read_parquet(RESULTS / "dai-ravdess-heard.predictions.parquet")
    scores: dict[str, list[float]] = {}
    for (point, _), rows in table.groupby(["point", "seed"], observed=True):
        folds = [(part["emotion"].astype(str), part["predicted"].astype(str)) for _, part in rows.groupby("fold")]
        scores.setdefault(point, []).append(100 * np.mean([balanced_accuracy_score(*fold) for fold in folds]))
    alone, centre = (scores[f"kind=log-mel,weight={weight}"] for weight in ("0.0", "0.3"))
    part = written.split("### dai-ravdess-heard")[1].split("###")[0]
    assert f"| kind=log-mel,weight=0.0 | {np.mean(alone):.1f} ± {np.std(alone, ddof=1):.1f} |" in part
    row = next(line for line in written.splitlines() if "3 points to softmax on log-mel | ravdess, heard" in line)
    assert f"| {np.mean(centre) - np.mean(alone):+.1f} points (" in row


def test_every_value_of_every_recipe_in_the_report_is_marked(written):
    part = written.split("## What is the papers' and what is ours")[1].split("\n## ")[0]
    for name in ("dai-2019-mel", "kumar-2020", "lian-2018-pdt", "lian-2018-softmax", "residual-triplet"):
        *papers, ours = part.split(f"### {name}\n")[1].split("\n###")[0].strip().splitlines()
        recipe = load_recipe(name)
        for key, value in every_parameter(recipe).items():
            whose = recipe.other_paper(key) or recipe.source
            theirs = [line for line in papers if f"`{key}={value}`" in line]
            assert [line.startswith(f"* of {whose}: ") for line in theirs] == [True] * (key in recipe.paper)
            assert (f"`{key}={value}`" in ours) == (key not in recipe.paper)
        assert ours.startswith("* our choice: ")


def test_the_margin_of_facenet_is_not_said_to_be_kumars(written):
    part = written.split("### kumar-2020\n")[1].split("\n###")[0]
    (line,) = [line for line in part.splitlines() if "`stages.1.options.margin=0.2`" in line]
    assert line == "* of Schroff et al. (2015): `stages.1.options.margin=0.2`."


def test_dais_printed_matrices_stand_beside_ours_of_the_same_settings(written):
    """The printed one word for word; ours from the kept predictions, answers among other emotions in one column."""
    part = written.split("## Dai's confusion matrices beside ours")[1].split("\n## ")[0]
    row = part.split("### dai-2019-mel\n")[1].splitlines()[4]
    cells = row.strip("| ").split(" | ")
    assert cells[:5] == ["angry", "10.8", "70.5", "16.7", "2.0"]
    table = pd.read_parquet(RESULTS / "dai-ravdess-heard.predictions.parquet")
    table = table[(table["point"] == "kind=log-mel,weight=0.3") & (table["emotion"] == "angry")]
    labels = ["neutral", "angry", "happy", "sad"]
    folds = [fold["predicted"] for _, fold in table.groupby(["seed", "fold"])]
    shares = [100 * np.mean([(fold == label).mean() for fold in folds]) for label in labels]
    assert cells[5:10] == [f"{value:.1f}" for value in (*shares, 100 - sum(shares))]


def test_kumars_baselines_and_angles_for_iemocap_are_in_the_report(written):
    for row in (
        "| Z. Aldeneh and E. M. Provost (2017) | 61.80 | slides, table 5 |",
        "| D. Issa et al. (2020) | 71.61 |",
    ):
        assert row in written
    assert "| excitement | 56.8 | 30.0 | 53.7 | 56.4 | 0.9 | 50.7 | 69.0 | 88.1 | 39.3 |" in written
    assert (
        "No 9 vectors have the printed angles: the smallest eigenvalue of the matrix of their cosines is -0.360"
        in written
    )


def test_no_eight_vectors_have_kumars_angles():
    angles = PRINTED_ANGLES["kumar-2020-table-2"].angles
    assert np.array_equal(angles, angles.T)
    assert angles[KUMAR_LABELS.index("neutral"), KUMAR_LABELS.index("sad")] == 89.78
    assert smallest_eigenvalue(angles) == pytest.approx(-0.334, abs=5e-4)
    assert angles[0, 3] > angles[0, 2] + angles[2, 3]
