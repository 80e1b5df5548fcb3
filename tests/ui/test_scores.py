"""What a card tells of an evaluation is shown with all that a comparison needs."""

from ser_core.checkpoints.card import CardEvaluation, CardScore
from ui.components.scores import evaluation_text, score_rows

EVALUATION = {
    "corpus": "ravdess",
    "recipe": "residual-softmax",
    "protocol": "emobox",
    "seed": 3,
    "back_end": "angle",
    "uar_mean": 0.7012,
    "uar_std": 0.031,
    "wa_mean": 0.7104,
    "wa_std": 0.028,
    "folds": 6,
    "partial": False,
}


def text(**changed: object) -> str:
    return (evaluation_text(CardEvaluation.from_table(EVALUATION | changed)) or "").replace("\\", "")


def test_an_evaluation_is_told_with_spread_back_end_protocol_folds_corpus_recipe_and_seed():
    shown = text()
    for part in (
        "UA 70.1\xa0±\xa03.1\xa0%",
        "WA 71.0\xa0±\xa02.8\xa0%",
        "nearest direction",
        "6 folds",
        "emobox",
        "ravdess",
        "seed 3",
    ):
        assert part in shown
    assert "residual-softmax" in shown
    assert "Not all folds" not in shown


def test_one_fold_has_no_spread_and_says_that_folds_are_missing():
    shown = text(uar_std=None, wa_std=None, folds=1, partial=True)
    assert "±" not in shown
    assert "1 fold of" in shown
    assert "Not all folds" in shown


def test_a_split_with_the_same_voices_on_both_sides_is_named_as_such():
    assert "same voices" in text(protocol="random-70-30")


def test_a_card_without_an_evaluation_says_nothing_of_one():
    assert evaluation_text(None) is None
    assert evaluation_text(CardEvaluation()) is None


def test_scores_of_a_split_are_rows_in_percent():
    rows = score_rows({"test": {"head": CardScore(0.5, 0.25)}})
    assert rows == [{"split": "test", "back end": "head", "UA": 50.0, "WA": 25.0}]


def test_settings_in_which_the_model_differs_are_named():
    shown = text(other_settings={"front_end.high_pass_hertz": 0.0})
    assert "Measured with front_end.high_pass_hertz = 0.0, unlike this model." in shown
    assert "unlike" not in text()
