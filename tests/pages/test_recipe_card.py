"""A recipe's card on Train: its picture, its values with their marks, the paper's figures and ours, never mixed up."""

import json
import shlex
import statistics

import pytest

from ser_core.cli import main
from ser_core.experiments.sweep import Sweep, SweepAxis
from ser_core.experiments.sweep_run import run_sweep
from ser_core.recipes import load_recipe
from ser_core.recipes.recipe import settings_of
from ser_core.reproduction.plan import Experiment
from ser_core.reproduction.saving import save_experiment
from ser_core.training.architecture import architecture_of
from ui.state import key_of


def said(app) -> list[str]:
    """Return headings, texts and small print in the order of the page."""
    kinds = ("markdown", "caption")
    return [one.value.replace("\\", "").replace("\N{NO-BREAK SPACE}", " ") for one in app.main if one.type in kinds]


def table(app, column: str):
    return next(one.value for one in app.dataframe if column in one.value.columns)


def choose(app, beginning: str):
    box = next(one for one in app.selectbox if one.label == "Recipe")
    return box.set_value(next(name for name in box.options if name.startswith(beginning))).run()


@pytest.fixture(autouse=True)
def nothing_kept(tmp_path, monkeypatch):
    """Show the same card whatever the repository keeps."""
    monkeypatch.setattr("ser_core.experiments.places.KEPT_EXPERIMENTS", tmp_path / "none")


def open_card(app, recipe: str, tab: str):
    """Open the card of the recipe that is chosen, and one of its tabs."""
    app.session_state[key_of("recipe card")] = True
    app.session_state[key_of(f"card of {recipe}")] = tab
    return app.run()


@pytest.fixture
def kept(tmp_path):
    """Write a result file into the workspace of the page."""

    def save_experiment(name: str, recipe: str, *, overrides=(), overlap: int = 0, folds: int = 2, **changed) -> None:
        rows = [{"fold": n, "uar": 0.5 + n / 10, "wa": 0.6, "speaker_overlap": overlap} for n in range(folds)]
        content = {
            "version": 1, "corpus": "iemocap", "manifest_digest": "d", "recipe": recipe,
            "settings": settings_of(load_recipe(recipe, overrides)), "protocol": "random-5-fold", "seed": 0,
            "labels": ["neutral", "happy", "sad", "angry"], "back_end": "head", "folds": rows, "partial": False,
            "stages": [{"stage": "softmax", "back_ends": {"head": {"uar_mean": 0.55, "wa_mean": 0.6}}}],
        }  # fmt: skip
        path = tmp_path / "workspace" / "results" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content | changed), encoding="utf-8")

    return save_experiment


def test_a_closed_card_reads_no_results_and_builds_no_model(opened, monkeypatch):
    asked: list[str] = []
    monkeypatch.setattr("ui.cache.results", lambda: (asked.append("results"), ([], []))[1])
    built = "ser_core.training.architecture.architecture_of"
    monkeypatch.setattr(built, lambda *one, of=architecture_of, **more: (asked.append("model"), of(*one, **more))[1])
    app = opened("train")
    assert not app.exception
    assert not asked
    open_card(app, "quick", "Architecture")
    assert asked == ["model"]
    open_card(app, "quick", "Measured")
    assert not app.exception
    assert asked == ["model", "results"]


def test_the_card_of_a_recipe_of_ours_has_picture_table_marks_and_the_command_that_measures_it(opened):
    app = opened("train")
    assert next(one for one in app.selectbox if one.label == "Recipe").value == "quick"
    open_card(app, "quick", "Architecture")
    assert not app.exception
    (picture,) = [one for one in app.get("plotly_chart") if "Attention pooling" in one.proto.spec]
    assert "128,381 weights in all, for 6 emotions" in picture.proto.spec
    assert list(table(app, "hands on")["block"])[:2] == ["utterance", "log-mel spectrogram"]
    open_card(app, "quick", "Parameters")
    assert set(table(app, "origin")["origin"]) == {"Kumar et al. (2020)", "Schroff et al. (2015)", "our choice"}
    assert not app.get("plotly_chart"), "the picture is in another tab"
    open_card(app, "quick", "Measured")
    assert "Our own system: no publication reports a figure of it." in said(app)
    assert any("--recipe quick --protocol speaker-k-fold" in one.value for one in app.code)

    epochs = next(one for one in app.number_input if one.label.startswith("Epochs"))
    epochs.set_value(3)
    open_card(app, "quick", "Architecture")
    stage = table(app, "hands on").set_index("block").loc["stage 1: softmax", "what it does"]
    assert "at most 3 epochs" in stage
    open_card(app, "quick", "Parameters")
    assert "changed here" in set(table(app, "origin")["origin"])


def test_figures_of_a_paper_stand_beside_ours_only_where_speakers_are_heard_alike(opened, kept, tmp_path):
    kept("known-0.json", "dai-2019-mel", overlap=10)
    kept("known-1.json", "dai-2019-mel", overlap=10, seed=1)
    kept("new.json", "dai-2019-mel", protocol="leave-one-session-out", partial=True, folds=1)
    kept("changed.json", "dai-2019-mel", overlap=10, overrides=["stages.0.options.weight=0.1", "dropout=0.2"])
    (tmp_path / "workspace" / "results" / "damaged.json").write_text("{", encoding="utf-8")
    app = choose(opened("train"), "Published · Dai et al. 2019: softmax with centre loss, log-mel")
    open_card(app, "dai-2019-mel", "Paper and ours")
    assert not app.exception
    words = said(app)
    known, new = words.index("**Known speakers**"), words.index("**New speakers**")
    paper = next(number for number, text in enumerate(words) if text.startswith("**UA 66.86 %, WA 65.40 %**"))
    measured = next(number for number, text in enumerate(words) if text.startswith("**UA 55.0 ± 5.8 %, WA 60.0"))
    partial = next(number for number, text in enumerate(words) if ":orange[**partial**]" in text)
    assert known < paper < measured < new < partial
    assert "2 folds, 2 seeds" in words[measured + 1]
    assert "Settings: the recipe as it ships" in words[measured + 1]
    assert "The paper has no figure of this kind." in words[new:]
    assert any("2 settings differ from the recipe: dropout is 0.2, ships as 0.0" in text for text in words)
    assert any("[Read it](https://arxiv.org/abs/2501.01103)" in text for text in words)
    assert any("damaged" in one.value and "Make it again" in one.value for one in app.warning)
    assert not any("--recipe dai-2019-mel --protocol random-5-fold" in one.value for one in app.code)  # it is measured


@pytest.fixture(scope="module")
def experiment(tiny_corpus, tmp_path_factory):
    """Keep a small experiment: the quick recipe and one with another setting, shortened, on one fold."""
    folder = tmp_path_factory.mktemp("experiment")
    smoothing = SweepAxis("smoothing", "stages.0.options.label_smoothing", (0.1, 0.3))
    epochs = tuple(f"stages.{number}.epochs=1" for number in range(len(load_recipe("quick").stages)))
    sweep = Sweep(
        "smoothing", "Smoothing", "", "", "quick", "leave-one-speaker-out", (smoothing,), (0, 1), (2,), epochs
    )
    content = run_sweep(sweep, corpus=str(tiny_corpus), out=folder / "sweep", workers=1)
    save_experiment(Experiment("smoothing-tiny", "tiny", "smoothing"), sweep, content, folder / "sweep", folder)
    return folder


def test_what_is_kept_of_an_experiment_stands_among_ours_marked_as_shortened(opened, experiment, monkeypatch):
    monkeypatch.setattr("ser_core.experiments.places.KEPT_EXPERIMENTS", experiment)
    app = open_card(opened("train"), "quick", "Measured")
    assert not app.exception
    runs = json.loads((experiment / "smoothing-tiny.json").read_text(encoding="utf-8"))["runs"]
    scores = [100 * run["uar_mean"] for run in runs if run["point"] == "label_smoothing=0.1"]
    words = said(app)
    place = next(number for number, text in enumerate(words) if ":orange[**shortened**]" in text)
    spread = f"**UA {statistics.fmean(scores):.1f} ± {statistics.stdev(scores):.1f} %"
    assert words[place].startswith(spread)
    assert " on tiny" in words[place]
    assert "other settings" not in words[place]
    for text in (
        "(leave-one-speaker-out); 1 fold, 2 seeds (0, 1)",
        "Partial: not all folds of the protocol were done",
        "Shortened: stages.0.epochs is 1, ships as",
        "In smoothing-tiny.json at label_smoothing=0.1.",
    ):
        assert text in words[place + 1]
    assert ":orange[**other settings**]" in words[place + 2]
    assert (
        "1 setting differs from the recipe: stages.0.options.label_smoothing is 0.3, ships as 0.1" in words[place + 3]
    )
    assert words.index("**New speakers**") < place


@pytest.mark.usefixtures("for_experts")
def test_a_kept_experiment_can_be_compared_point_by_point_with_all_of_its_seeds(opened, experiment, monkeypatch):
    monkeypatch.setattr("ser_core.experiments.places.KEPT_EXPERIMENTS", experiment)
    app = opened("compare")
    table = next(one.value for one in app.dataframe if "state" in one.value.columns)
    points = table[table["name"].str.contains("smoothing-tiny")]
    assert set(points["name"]) == {f"label smoothing {value} (smoothing-tiny)" for value in (0.1, 0.3)}
    assert set(points["state"]) == {"shortened"}
    assert set(points["seeds"]) == {"0, 1"}
    box = next(one for one in app.multiselect if one.label == "Side by side")
    box.set_value(points["place"].tolist()).run()
    assert not app.exception
    assert not app.error
    told = [one.value.replace("\\", "") for one in app.markdown]
    assert any("protocol leave-one-speaker-out, fold 2, seed 0, 1" in text for text in told)
    settings = next(one.value for one in app.dataframe if "setting" in one.value.columns)
    assert settings["setting"].tolist() == ["stages.0.options.label_smoothing"]
    assert "Which emotions" in [one.value for one in app.header]


def test_what_a_paper_does_not_say_is_said_and_its_question_can_be_asked_here(opened, monkeypatch, capsys):
    app = choose(opened("train"), "Published · Kumar et al. 2020")
    open_card(app, "kumar-2020", "Parameters")
    assert "paper" in set(table(app, "origin")["origin"])
    open_card(app, "kumar-2020", "Paper and ours")
    assert not app.exception
    words = said(app)
    first = words.index("**Speakers not stated**")
    assert words[first + 2] == "**Paper**"
    assert any(text.startswith("**WA 91.67 %** on RAVDESS") for text in words)
    assert any(text.startswith("**WA 61.11 %** corpus not stated") for text in words)
    command = next(one.value for one in app.code if "ravdess:FOLDER" in one.value)
    assert "--recipe kumar-2020 --protocol random-70-30" in command
    assert main(shlex.split(command)[3:]) == 2  # complete but for the folder
    assert "FOLDER" in capsys.readouterr().err
