"""The lesson on test sets: what the server draws below the picture."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from ser_core.lessons.test_sets import read_test_sets


def test_the_lesson_opens_in_an_empty_workspace_and_names_the_source_of_every_figure(
    opened: Callable[[str], AppTest],
) -> None:
    app = opened("who_is_in_the_test_set")
    assert not app.exception
    texts = " ".join(one.value for one in app.markdown).replace("\\", "")
    for score in read_test_sets().scores:
        assert score.corpus in texts
        assert score.heard_protocol in texts
        assert score.unheard_protocol in texts
    for stated in ("Speakers: heard.", "Speakers: not heard.", "Speakers: not stated."):
        assert stated in texts
