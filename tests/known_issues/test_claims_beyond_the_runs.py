"""No verdict and no figure in the pages says more than the kept runs show."""

import json
import re
from pathlib import Path

import pytest

from ser_core.experiments.reading import is_shortened
from ser_core.reproduction.plan import SEEDS_TO_REFUTE, shipped_plan

REPOSITORY = Path(__file__).resolve().parents[2]
RESULTS = REPOSITORY / "docs" / "results" / "reproduction"
REPORT = (REPOSITORY / "docs" / "reproduction.md").read_text(encoding="utf-8")
ROWS = [line for line in REPORT.splitlines() if re.search(r"\| [✓<✗…–] \*\*", line)]


def verdict(row: str) -> str:
    return re.search(r"\| [✓<✗…–] \*\*([^*]+)\*\*", row).group(1)


def test_every_claim_has_one_row_with_a_verdict_and_what_it_needs():
    assert len(ROWS) == len(shipped_plan().claims)
    for row in ROWS:
        needs = row.rstrip("| ").split(" | ")[-1]
        assert (needs == "–") == (verdict(row) != "not seen at this budget")


@pytest.mark.parametrize("path", sorted(RESULTS.glob("*.json")), ids=lambda path: path.stem)
def test_no_row_of_a_shortened_run_or_of_few_seeds_refutes(path):
    content = json.loads(path.read_text(encoding="utf-8"))
    rows = [row for row in ROWS if f"(#{content['experiment']})" in row]
    if is_shortened(content) or len(content["seeds"]) < SEEDS_TO_REFUTE:
        assert not {"fails", "smaller than claimed"} & set(map(verdict, rows))


def test_nobody_is_said_to_claim_what_nobody_claimed():
    """91.67 % was never said of unheard actors, nor of our own network."""
    for claim in shipped_plan().claims:
        experiment = shipped_plan().experiment_of(claim)
        if claim.kind == "level" and experiment is not None:
            assert claim.first.point == {"system": "kumar-2020"}
            assert experiment.protocol in ("random-70-30", "random-10-fold")  # the splits that the paper names


def test_triplets_are_nowhere_judged_against_softmax_with_fewer_steps():
    for claim in shipped_plan().claims:
        if "triplets add" in claim.text:
            assert claim.first.point["system"].endswith("-softmax-continued")
            assert {claim.first.stage, claim.second.stage} == {""}  # both after their last stage


def test_longer_input_is_compared_as_the_paper_compares_it():
    claim = next(claim for claim in shipped_plan().claims if claim.experiment == "lian-duration-ravdess")
    assert (claim.first.point, claim.second.point) == ({"seconds": 4.0}, {"seconds": 5.0})
    row = next(row for row in ROWS if "5 s add 3.6 points to 4 s" in row)
    assert "| -1.0 points (" in row


def test_the_readme_tells_the_mean_beside_the_best_of_ten_runs_and_on_whom_settings_were_chosen():
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if "2606.03359" in line)
    assert "62.3 ± 1.2" in row
    assert "best of ten runs" in row
    assert "five folds" in row
    assert "settings were chosen on training actors of folds 1 and 4, who are tested in other folds" in text
