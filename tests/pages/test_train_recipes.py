"""The Train page starts every recipe that ships, on every corpus that is shown, and what it starts trains."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from ser_core.checkpoints import load_checkpoint
from ser_core.cli import main
from ser_core.recipes import load_recipe
from ser_core.recipes.recipe import shipped_recipes
from ser_core.training.plan import make_plan
from tests.recipes.shortened import shortened
from ui.state import key_of

# Six actors or speakers with enough takes of two emotions or more for the batches of every recipe.
RAVDESS = [
    f"Actor_{actor:02d}/03-01-{emotion:02d}-{intensity:02d}-{statement:02d}-{repetition:02d}-{actor:02d}.wav"
    for actor in range(1, 7)
    for emotion in (3, 5)
    for intensity in (1, 2)
    for statement in (1, 2)
    for repetition in (1, 2)
]
EMODB = [
    f"wav/{speaker}{sentence}{emotion}a.wav"
    for speaker in ("03", "08", "09", "10", "11", "13")
    for sentence in ("a01", "a02", "a04")
    for emotion in "NW"
]


@pytest.fixture(scope="module")
def corpora(tmp_path_factory, iemocap_tree) -> dict[str, Path]:
    """Lay out parts of the corpora as their publishers do."""
    random = np.random.default_rng(0)
    found = {"iemocap": iemocap_tree}
    for kind, files in (("ravdess", RAVDESS), ("emodb", EMODB)):
        found[kind] = tmp_path_factory.mktemp(kind)
        for file in files:
            (found[kind] / file).parent.mkdir(parents=True, exist_ok=True)
            soundfile.write(found[kind] / file, 0.1 * random.standard_normal(8_000), 16_000)
    return found


@pytest.fixture(scope="module")
def frames(tmp_path_factory) -> Path:
    """One folder for all recipes: those with one front end share what it made of the recordings."""
    return tmp_path_factory.mktemp("frames")


def box(app, label: str):
    return next(one for one in app.selectbox if one.label == label)


def open_corpus(app, kind: str, corpora: dict[str, Path]) -> None:
    if kind != "demo":
        box(app, "Corpus").set_value(kind).run()
        app.text_input[0].set_value(str(corpora[kind])).run()
    assert not app.exception
    assert not app.error


def start(app) -> None:
    next(one for one in app.button if one.label == "Start training").click().run()
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("kind", ["demo", "ravdess", "emodb", "iemocap"])
def test_the_page_starts_every_recipe_on_every_corpus(kind, corpora, opened, monkeypatch, tmp_path):
    started: list[dict] = []

    def checked(**chosen) -> Path:
        make_plan(**chosen)  # what the run's own process would refuse
        started.append(chosen)
        return tmp_path / "one"

    monkeypatch.setattr("ser_core.training.jobs.start_run", checked)
    app = opened("train")
    open_corpus(app, kind, corpora)
    for name in shipped_recipes():
        box(app, "Recipe").set_value(name).run()
        start(app)
    assert [chosen["recipe"] for chosen in started] == list(shipped_recipes())
    assert {chosen["corpus"] for chosen in started} == {kind if kind == "demo" else f"{kind}:{corpora[kind]}"}


def test_the_card_of_every_recipe_shows_where_it_comes_from(opened):
    app = opened("train")
    app.session_state[key_of("recipe card")] = True
    for name in shipped_recipes():
        app.session_state[key_of(f"card of {name}")] = "Parameters"
        box(app, "Recipe").set_value(name).run()
        assert not app.exception
        shown = " ".join(one.value for one in [*app.caption, *app.markdown])
        assert f"Source: {load_recipe(name).source.split(',')[0]}" in shown.replace("\\", ""), name


@pytest.mark.parametrize("name", shipped_recipes())
def test_what_the_page_starts_trains_a_model(name, corpora, opened, frames, monkeypatch):
    runs: list[Path] = []
    monkeypatch.setattr("ser_core.training.run.cache_directory", lambda: frames)

    def here(run: Path) -> None:
        """Train as the process would that the page starts, but without loading every library again."""
        assert main(["train", "--out", str(run), "--resume", "--heed-stop"]) == 0
        runs.append(run)

    monkeypatch.setattr("ser_core.training.jobs._spawn", here)
    app = opened("train")
    open_corpus(app, "emodb", corpora)
    box(app, "Recipe").set_value(name).run()
    app.text_area[0].set_value("\n".join(shortened(name))).run()
    start(app)
    (run,) = runs
    assert "**Finished.**" in [one.value for one in app.markdown]
    card = load_checkpoint(run / "checkpoint").card
    assert (card.recipe, card.corpus) == (name, "emodb")
