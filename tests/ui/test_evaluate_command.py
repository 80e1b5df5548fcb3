"""The command that measures a recipe, as *Train* shows it."""

from ui.views.train.command import evaluate_command


def test_its_result_gets_a_name_that_no_other_result_has(workspace):
    assert evaluate_command("quick", None).endswith("results/quick-demo-speaker-k-fold.json")
    for name in ("quick-demo-speaker-k-fold.json", "quick-demo-speaker-k-fold-2.json"):
        (workspace / "results").mkdir(parents=True, exist_ok=True)
        (workspace / "results" / name).write_text("{}")
    assert evaluate_command("quick", None).endswith("results/quick-demo-speaker-k-fold-3.json")
