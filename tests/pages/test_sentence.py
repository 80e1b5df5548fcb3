"""Listen: a sentence in writing is rated at once; the model of words turns up where no voice is judged."""

import pytest
import streamlit as st

from tests.pages.shown import box, texts
from ui.components import folded
from ui.views.listen.sentence import EXAMPLE, TITLE


class Opened:
    """An expander that a visitor has opened."""

    open = True

    def __init__(self, name: str, label: str) -> None:
        self.container = st.expander(label)

    def __enter__(self):
        return self.container.__enter__()

    def __exit__(self, *error: object) -> None:
        self.container.__exit__(*error)


@pytest.fixture
def page(opened, monkeypatch):
    monkeypatch.setattr(folded, "expander", Opened)
    return opened("listen")


def field(app):
    return next(one for one in app.text_input if one.label == "A sentence, in English")


def figures(app):
    return [one for one in app.get("plotly_chart") if "sentence-" in one.proto.id]


def test_an_example_is_rated_at_once_on_the_plane_and_word_by_word(page):
    assert not page.exception
    assert field(page).value == EXAMPLE
    assert [one.value for one in page.subheader if one.value.startswith("Pleasant")] == ["Pleasant, excited"]
    assert len(figures(page)) == 2
    assert "nothing is heard, and no person is judged" in texts(page.caption)
    assert "BY-SA" in texts(page.caption)


def test_another_sentence_is_rated_and_its_unknown_words_are_told(page):
    app = field(page).set_value("The terrible qwertzuiopy war killed many children").run()
    assert not app.exception
    assert any(one.value.startswith("Unpleasant") for one in app.subheader)
    assert "Not known, and left out: qwertzuiopy." in texts(app.caption)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("", "Expected a sentence; got no words"),
        ("Das Wetter ist heute furchtbar", "learned from English alone"),
    ],
)
def test_what_is_no_english_sentence_gets_advice_and_the_page_goes_on(page, text, advice):
    app = field(page).set_value(text).run()
    assert not app.exception
    assert any(advice in one.value for one in app.error)
    assert not figures(app)
    app = field(app).set_value(EXAMPLE).run()
    assert len(figures(app)) == 2


def test_closed_it_is_one_line_and_nothing_is_loaded(opened):
    app = opened("listen")
    assert TITLE in [one.label for one in app.expander]
    assert not [one for one in app.text_input if one.label == "A sentence, in English"]


@pytest.mark.parametrize("name", ["listen", "live", "long_recordings", "your_voice", "embedding_space"])
def test_the_model_of_words_is_no_choice_where_voices_are_judged(opened, name):
    app = opened(name)
    assert not app.exception
    for one in app.selectbox:
        assert not any("Words alone" in str(option) for option in one.options), one.label
    assert "words" not in box(app, "Model").options


def test_the_library_lists_it_with_what_it_takes_and_how_well_it_agrees(opened):
    app = opened("library")
    assert not app.exception
    told = texts(app.markdown)
    assert "of sentences in writing, trained on" in told
    assert "It hears nothing." in told
    assert "with people's ratings on the test part" in told
