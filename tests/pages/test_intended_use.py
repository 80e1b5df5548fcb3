"""What the app is for stands on a page of its own, in the documentation alike, and one line leads there."""

from pathlib import Path

import pytest

from tests.pages.shown import box, texts
from ui.views.intended import TEXT

REPOSITORY = Path(__file__).resolve().parents[2]


def test_the_page_and_the_documentation_say_the_same(opened):
    app = opened("intended_use")
    assert not app.exception
    assert [one.value for one in app.title] == ["Intended use"]
    assert texts(app.markdown).strip() == TEXT.strip()
    assert (REPOSITORY / "docs" / "intended-use.md").read_text(encoding="utf-8") == f"# Intended use\n\n{TEXT}"


def test_it_names_the_articles_the_consent_the_children_and_the_terms():
    for said in (
        "Article 5(1)(f)", "Article 50(3)", "Regulation (EU) 2024/1689", "workplace and education institutions",
        "no diagnosis", "Consent", "Children", "CC BY-NC-SA 4.0: **not for commercial use**",
    ):  # fmt: skip
        assert said in " ".join(TEXT.split())


@pytest.mark.parametrize("page", ["home", "listen"])
def test_a_line_on_the_page_leads_there(opened, page):
    app = opened(page)
    assert not app.exception
    links = [one.proto for one in app.get("page_link")]
    assert any("no diagnosis, no judging of people" in link.label and link.page == "intended_use" for link in links)


def test_the_terms_stand_where_a_model_is_chosen(opened):
    app = opened("listen")
    for name, terms in (
        ("people", "not for commercial use"),
        ("ravdess-residual", "not for commercial use"),
        ("demo-residual", "free for every use"),
    ):
        box(app, "Model").set_value(name).run()
        assert not app.exception
        assert terms in texts(app.caption)
    compared = opened("two_spaces")
    next(one for one in compared.get("button_group") if one.label == "Compare").set_value("Two models or files").run()
    for label, name, terms in (
        ("First space", "ravdess-residual", "not for commercial use"),
        ("Second space", "demo-residual", "free for every use"),
    ):
        box(compared, label).set_value(name).run()
        assert terms in texts(compared.caption)
