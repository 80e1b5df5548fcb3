"""The row at the top of a page: title, what is chosen, settings, and two switches that hold for the whole visit."""

import json

from streamlit.testing.v1 import AppTest

from tests.pages.shown import texts
from ui.components.page_top import EXPERTS, experts
from ui.components.text import plain


def switch(app, label):
    return next(one for one in app.toggle if one.label == label)


def page():
    import streamlit as st

    from ui.components import page_top

    top = page_top.draw("Ear", "nothing yet")
    with top.settings:
        model = st.selectbox("Model", ["first", "my_*model*"])
    if model != "first":
        top.tell(f"{model} · your microphone")


def test_the_line_says_what_is_chosen_and_takes_names_of_files_as_text():
    app = AppTest.from_function(page).run()
    assert [one.value for one in app.title] == ["Ear"]
    assert texts(app.markdown) == "nothing yet"
    app.selectbox[0].set_value("my_*model*").run()
    assert [one.value for one in app.markdown] == [plain("my_*model* · your microphone")]


def test_settings_come_before_the_switch_for_a_projector_in_one_popover():
    app = AppTest.from_function(page).run()
    (popover,) = (block for block in app.main.children[0].children.values() if block.type == "popover")
    inside = [one.label for one in [*popover.selectbox, *popover.toggle]]
    assert inside == ["Model", "Large, for a projector"]
    assert not any(one.label == "For experts" for one in popover.toggle)


def test_the_switch_for_experts_holds_on_every_page_and_after_coming_back(opened, monkeypatch):
    app = opened("intended_use")
    assert not switch(app, "For experts").value
    switch(app, "For experts").set_value(True).run()
    app.switch_page("pages/home.py").run()
    monkeypatch.setattr("streamlit.session_state", app.session_state)
    assert experts()
    app.switch_page("pages/intended_use.py").run()
    assert switch(app, "For experts").value
    switch(app, "For experts").set_value(False).run()
    assert not app.session_state[f"remembered: {EXPERTS}"]


def test_letters_in_figures_grow_with_the_switch_for_a_projector_and_shrink_back(opened):
    app = opened("geometry_audit")

    def letters():
        layout = json.loads(app.get("plotly_chart")[0].proto.spec)["layout"]
        return layout["font"]["size"], layout["template"]["layout"]["xaxis"]["tickfont"]["size"]

    usual = letters()
    switch(app, "Large, for a projector").set_value(True).run()
    assert letters() == tuple(1.5 * size for size in usual)
    switch(app, "Large, for a projector").set_value(False).run()
    assert letters() == usual
