"""The lesson on losses, as far as the server draws it; tests/browser has the rest."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from ser_core.labels import EMOTIONS
from ui.components.loss_playground.mount import CLASSES


def test_the_lesson_opens_in_an_empty_workspace(opened: Callable[[str], AppTest]) -> None:
    app = opened("what_a_loss_does")
    assert not app.exception
    assert [title.value for title in app.title] == ["What a loss does"]


def test_its_classes_are_emotions_in_their_order() -> None:
    assert list(CLASSES) == [emotion for emotion in EMOTIONS if emotion in CLASSES]
