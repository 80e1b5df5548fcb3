"""Compare names results of ratings, which it does not compare."""

import json

from tests.pages.shown import texts


def test_a_result_of_ratings_stands_apart_with_its_concordance_and_the_reason(plant_run, opened, workspace):
    plant_run("one")
    plant_run("two")
    scores = {"utterances": 20, "ccc": 0.5, "pearson": 0.75, "rmse": 1.0}
    over = {"mean": 0.5, "std": None}
    content = {
        "version": 1, "task": "ratings", "recipe": "points", "settings": {}, "pooled_ccc": 0.5, "ccc": over,
        "folds": [{"fold": 1, "ratings": {"arousal": scores}, "ccc": 0.5}],
        "dimensions": {"arousal": {"ccc": over, "pearson": over, "rmse": over, "pooled": scores}},
    }  # fmt: skip
    (workspace / "results").mkdir(parents=True)
    (workspace / "results" / "excited.json").write_text(json.dumps(content), encoding="utf-8")
    (workspace / "results" / "damaged.json").write_text(json.dumps(content | {"ccc": "high"}), encoding="utf-8")
    app = opened("compare")
    assert not app.exception
    assert not app.error
    assert "excited: CCC 0.500 (arousal 0.500)" in texts(app.markdown).replace("*", "")
    assert "these predict ratings, judged by their CCC" in texts(app.markdown)
    assert "results/damaged" in texts(app.warning)
    assert "excited" not in texts(app.warning)
