"""The Train page starts every recipe that ships."""

import pytest

from ser_core.recipes import load_recipe
from ser_core.recipes.recipe import shipped_recipes


@pytest.mark.parametrize("name", shipped_recipes())
def test_the_page_starts_every_recipe(name, opened, monkeypatch, tmp_path):
    started: list[dict] = []
    monkeypatch.setattr(
        "ser_core.training.jobs.start_run", lambda **chosen: (started.append(chosen), tmp_path / "one")[1]
    )
    app = opened("train")
    next(one for one in app.selectbox if one.label == "Recipe").set_value(name).run()
    assert not app.exception
    assert load_recipe(name).source.split(",")[0] in " ".join(one.value for one in [*app.caption, *app.markdown])
    next(one for one in app.button if one.label == "Start training").click().run()
    assert not app.exception
    assert [chosen["recipe"] for chosen in started] == [name]
