"""Compare's sentence: which is better, by how much, and "more than chance" only if the interval leaves out zero."""

from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from ser_core.errors import InputError
from ser_core.evaluation.seeds import ScoreDifference
from tests.pages.shown import texts
from ui.components.page_top import EXPERTS

SCORES = {"loud": [0.70, 0.72, 0.74], "quiet": [0.60, 0.62, 0.64], "same": [0.6201, 0.6199, 0.62]}


def page(first: str, *others: str) -> None:
    from types import SimpleNamespace

    from ui.views.compare.verdict import draw_verdict

    record = SimpleNamespace(speakers_heard=False)
    systems = [SimpleNamespace(name=name, records=[record] * 3) for name in (first, *others)]
    draw_verdict(SimpleNamespace(systems=systems, compared=[first, *others], utterances=90))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """Let scores and interval be what a test says; keeps for how many comparisons each interval was asked."""
    given: dict[str, object] = {"low": 0.02, "high": 0.18, "comparisons": []}

    def difference(ground: object, first: object, second: object, score: str, comparisons: int) -> ScoreDifference:
        assert score == "UA"
        given["comparisons"].append(comparisons)  # type: ignore[attr-defined]
        if given["low"] is None:
            raise InputError("one speaker")
        low, high = float(given["low"]), float(given["high"])  # type: ignore[arg-type]
        return SimpleNamespace(estimate=(low + high) / 2, low=low, high=high, p_value=0.5)  # type: ignore[return-value]

    monkeypatch.setattr("ui.views.compare.verdict.difference", difference)
    monkeypatch.setattr("ui.views.compare.verdict.scores_of", lambda ground, system: SCORES[system.name])
    return given


def told(*systems: str, experts: bool = False) -> list[str]:
    app = AppTest.from_function(page, args=systems)
    app.session_state[f"remembered: {EXPERTS}"] = experts
    app.run()
    assert not app.exception
    return [texts([one]).replace("\N{NO-BREAK SPACE}", " ") for one in app.markdown]


BETTER = (
    "**loud** is **better** than **quiet** by **10.0 points** (72.0 % against 62.0 %), and that is more than chance."
)
CHANCE = (
    "**loud** is ahead of **quiet** by **10.0 points** (72.0 % against 62.0 %), but that can be **chance**: nothing "
    "tells yet which is better."
)


@pytest.mark.parametrize("order", [("quiet", "loud"), ("loud", "quiet")])
def test_the_higher_score_is_ahead_whichever_stands_first_and_an_interval_on_one_side_of_zero_is_more_than_chance(
    asked: dict[str, object], order: tuple[str, str]
) -> None:
    ahead = 1 if order[1] == "loud" else -1
    asked["low"], asked["high"] = sorted((0.02 * ahead, 0.18 * ahead))
    assert told(*order) == [BETTER]


@pytest.mark.parametrize(("low", "high"), [(-0.02, 0.22), (-0.22, 0.02), (0.0, 0.2), (-0.2, 0.0)])
def test_an_interval_that_holds_zero_can_be_chance(asked: dict[str, object], low: float, high: float) -> None:
    asked["low"], asked["high"] = low, high
    assert told("quiet", "loud") == [CHANCE]


def test_scores_that_are_printed_alike_are_equally_often_right_without_an_interval(asked: dict[str, object]) -> None:
    assert told("quiet", "same") == ["**quiet** and **same** are right equally often: 62.0 %."]
    assert asked["comparisons"] == []


def test_intervals_of_several_comparisons_are_wider_so_that_they_hold_together(asked: dict[str, object]) -> None:
    told("quiet", "loud")
    assert asked["comparisons"] == [1]
    told("loud", "quiet", "same")
    assert asked["comparisons"] == [1, 2, 2]


def test_experts_read_the_interval_in_points(asked: dict[str, object]) -> None:
    (sentence,) = told("quiet", "loud", experts=True)
    assert sentence.endswith("and that is more than chance (95 % interval +2.0 to +18.0).")


def test_where_chance_cannot_be_told_the_sentence_says_so_and_calls_nothing_better(asked: dict[str, object]) -> None:
    asked["low"] = None
    (sentence,) = told("quiet", "loud")
    assert sentence.endswith("Whether that is more than chance cannot be told from one tested speaker.")
    assert "better" not in sentence
