"""Train offers corpus, recipe and split, starts what was chosen, and answers bad paths with advice."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import filelock
import pytest
from streamlit.testing.v1 import AppTest

from ser_core.corpora import CORPORA, open_corpus
from ser_core.recipes import load_recipe
from tests.pages.conftest import APP
from tests.pages.shown import box, texts
from ui.state import key_of


def origins_of(app, recipe: str):
    """Open the recipe's card at its parameters, and return their table."""
    app.session_state[key_of("recipe card")] = True
    app.session_state[key_of(f"card of {recipe}")] = "Parameters"
    return next(one.value for one in app.run().dataframe if "origin" in one.value.columns)


def test_the_page_shows_the_corpus_its_licence_and_the_origin_of_every_parameter(opened):
    app = opened("train")
    assert not app.exception
    assert not app.error
    assert "artificial" in texts(app.caption).lower()
    assert "Licence" in texts(app.caption)
    origins = origins_of(app, "quick")["origin"]
    assert "our choice" in set(origins)
    assert all(origin == "our choice" or "et al. (" in origin for origin in origins)
    assert "No run yet" in texts(app.markdown)


def test_start_passes_on_exactly_what_was_chosen(opened, monkeypatch, tmp_path):
    started: list[dict] = []

    def start_run(**chosen):
        started.append(chosen)
        return Path(tmp_path / "workspace" / "runs" / "one")

    monkeypatch.setattr("ser_core.training.jobs.start_run", start_run)
    app = opened("train")
    epochs = next(one for one in app.number_input if one.label.startswith("Epochs"))
    epochs.set_value(3).run()
    next(one for one in app.number_input if one.label == "Seed").set_value(7).run()
    next(one for one in app.button if one.label == "Start training").click().run()
    assert not app.exception
    assert len(started) == 1
    assert started[0]["corpus"] == "demo"
    assert started[0]["seed"] == 7
    assert started[0]["overrides"] == ("stages.0.epochs=3",)
    assert started[0]["mapping"] == {}


@pytest.mark.parametrize(("label", "typed"), [("Epochs of stage softmax", 2001.0), ("Seed", -1.0), ("Seed", None)])
def test_nothing_can_be_started_with_a_number_that_is_out_of_range(opened, label, typed):
    app = opened("train")
    next(one for one in app.number_input if one.label == label).set_value(typed).run()
    assert not app.exception
    assert f"for “{label}”; got {'an empty field' if typed is None else f'{typed:g}'}" in texts(app.error)
    assert not [one for one in app.button if one.label == "Start training"]


def test_every_speaker_of_every_part_is_named_in_full(opened):
    app = opened("train")
    parts = next(one.value for one in app.markdown if one.value.startswith("- training"))
    assert all(part in parts for part in ("training: ", "development: ", "test: "))
    assert all(speaker in parts for speaker in open_corpus("demo").speakers)


def test_what_goes_in_is_a_line_and_a_clip_of_each_emotion_and_what_each_stage_is_for_stands_beside_it(opened):
    app = opened("train")
    words = texts(app.markdown)
    assert (
        "Demo (artificial voices) · 6 voices to learn from, 4 kept apart · Quick · 16 epochs: softmax, then triplet"
        in (words.replace("\\", ""))
    )
    (clips,) = [one.proto.body for one in app.get("html") if "One clip each" in one.proto.body]
    assert "One clip each of neutral, happy, sad, angry, fearful, boredom" in clips
    assert unquote(clips).count("<path") == clips.count('<img src="data:image/svg+xml,') == 6
    for stage in load_recipe("quick").stages:
        assert f"**{stage.name}**: {stage.teach}" in texts(app.caption)
        assert stage.teach in words


def test_the_button_is_locked_while_the_run_in_view_goes_on_and_a_second_press_starts_nothing(
    opened, monkeypatch, tmp_path
):
    started: list[dict] = []
    monkeypatch.setattr(
        "ser_core.training.jobs.start_run", lambda **chosen: (started.append(chosen), tmp_path / "two")[1]
    )
    run = tmp_path / "workspace" / "runs" / "one"
    run.mkdir(parents=True)
    (run / "config.toml").write_text("")
    app = opened("train")
    button = next(one for one in app.button if one.label == "Start training")
    with filelock.FileLock(run / "lock"):
        button.click().run()  # the browser had not yet heard that a run goes on
        assert not app.exception
        assert not started
        locked = next(one for one in app.button if one.label == "Training…")
        assert locked.disabled
        assert not [one for one in app.button if one.label == "Start training"]
        [bar] = app.get("progress")
        assert bar.proto.text.endswith("The time left is being measured…"), "no step was made yet"


def test_emotions_can_be_merged_and_left_out_before_the_start(opened, monkeypatch, tmp_path):
    started: list[dict] = []
    monkeypatch.setattr(
        "ser_core.training.jobs.start_run", lambda **chosen: (started.append(chosen), tmp_path / "one")[1]
    )
    app = opened("train")
    box(app, "“sad” becomes").set_value("neutral").run()
    box(app, "“boredom” becomes").set_value("leave out").run()
    assert not app.exception
    assert "sad → neutral" in texts(app.caption)
    assert "boredom → left out" in texts(app.caption)
    next(one for one in app.button if one.label == "Start training").click().run()
    assert started[0]["mapping"] == {"sad": "neutral", "boredom": "drop"}


def test_a_corpus_mapping_of_publications_is_taken_with_one_click(opened, monkeypatch):
    two = replace(CORPORA["demo"], mappings={"demo-two": {"sad": "neutral", "boredom": "drop"}})
    monkeypatch.setattr("ui.views.train.mapping.CORPORA", {"demo": two})
    app = opened("train")
    next(one for one in app.button if one.label == "As in publications: demo-two").click().run()
    assert not app.exception
    assert box(app, "“sad” becomes").value == "neutral"
    assert box(app, "“boredom” becomes").value == "leave out"
    assert box(app, "“happy” becomes").value == "happy"
    assert "sad → neutral" in texts(app.caption)


def test_a_table_shows_its_licence_and_citation(opened, tiny_corpus):
    app = opened("train")
    box(app, "Corpus").set_value("table").run()
    app.text_input[0].set_value(str(tiny_corpus)).run()
    assert not app.exception
    assert "Licence: Not stated in the table" in texts(app.caption)
    assert "Cite:" in texts(app.caption)


@pytest.mark.parametrize(
    ("kind", "path", "advice"),
    [("emodb", "/no/such/folder", "Check the path"), ("table", "/no/such/table.csv", "/no/such/table.csv")],
)
def test_a_path_that_is_not_there_gets_advice(opened, kind, path, advice):
    app = opened("train")
    box(app, "Corpus").set_value(kind).run()
    assert "Give its path" in texts(app.caption)
    app.text_input[0].set_value(path).run()
    assert not app.exception
    assert advice in texts(app.error)


def test_ravdess_is_fetched_only_after_its_terms_are_accepted(opened):
    app = opened("train")
    box(app, "Corpus").set_value("ravdess").run()
    download = next(one for one in app.button if one.label == "Download")
    assert download.disabled
    app.checkbox[0].check().run()
    assert not next(one for one in app.button if one.label == "Download").disabled


def test_a_random_split_warns_that_voices_are_on_both_sides(opened):
    app = opened("train")
    box(app, "Split").set_value("random-70-30").run()
    assert not app.exception
    assert "cannot be compared" in texts(app.warning)


def reloaded(address):
    """The page as a new visit by an address finds it."""
    app = AppTest.from_file(str(APP), default_timeout=300).run()
    for name, value in address.items():
        app.query_params[name] = value
    return app.switch_page("pages/train.py").run()


def agreed(app):
    """The same after the visitor has agreed to what the address brings."""
    return next(one for one in app.button if one.label == "Use it").click().run()


def number(app, label: str):
    return next(one for one in app.number_input if one.label == label)


def test_any_value_of_a_recipe_can_be_written_as_in_a_terminal(opened, monkeypatch, tmp_path):
    started: list[dict] = []
    monkeypatch.setattr(
        "ser_core.training.jobs.start_run", lambda **chosen: (started.append(chosen), tmp_path / "one")[1]
    )
    app = opened("train")
    number(app, "Epochs of stage softmax").set_value(3).run()
    app.text_area[0].set_value(" stages.1.options.margin = 0.3\n\nencoder_options.blocks=2\n").run()
    assert not app.error
    assert "--set stages.0.epochs=3 --set 'stages.1.options.margin = 0.3'" in " ".join(one.value for one in app.code)
    marks = origins_of(app, "quick").set_index("parameter")
    for key, value in (("stages.1.options.margin", "0.3"), ("encoder_options.blocks", "2")):
        assert marks.loc[key].tolist()[:2] == [value, "changed here"]
    next(one for one in app.button if one.label == "Start training").click().run()
    expected = ("stages.0.epochs=3", "stages.1.options.margin = 0.3", "encoder_options.blocks=2")
    assert started[0]["overrides"] == expected


def no_process(*_, **__):
    pytest.fail("a process was started")


@pytest.mark.parametrize(
    ("recipe", "written", "advice"),
    [
        ("kumar-2020", "stages.1.options.margin=-0.1", "at least 0; got -0.1. FaceNet uses 0.2"),
        ("lian-2018-pdt", "stages.0.options.weight=1.5", "in [0, 1]; got 1.5. Lian et al. find 0.9 best"),
        ("dai-2019-mel", "stages.0.options.weight=-0.1", "in [0, 1]; got -0.1. The paper uses 0.3"),
        ("kumar-2020", "stages.1.utterances_per_class=500", "got 6 x 500. Lower classes_per_batch"),
        ("kumar-2020", "stages.1.classes_per_batch=50", "got 50 x 5. Lower classes_per_batch"),
        ("kumar-2020", "encoder_options.layers=3", "Expected 6 to 50 layers"),
        ("kumar-2020", "stages.9.epochs=3", "See the recipe's keys"),
        ("kumar-2020", "faster", "Write for example stages.0.epochs=10"),
    ],
)
def test_a_setting_that_cannot_work_gets_advice_and_nothing_starts(opened, monkeypatch, recipe, written, advice):
    monkeypatch.setattr("ser_core.training.jobs._spawn", no_process)
    app = agreed(reloaded({"recipe": recipe, "settings": written}))
    for button in [one for one in app.button if one.label == "Start training"]:
        button.click().run()
    assert not app.exception
    assert advice in texts(app.error)


def test_a_corpus_that_cannot_be_split_or_learned_gets_advice_and_nothing_starts(
    opened, monkeypatch, tiny_corpus, tmp_path
):
    monkeypatch.setattr("ser_core.training.jobs._spawn", no_process)
    app = reloaded({"corpus": "demo", "split": "sessions-1-3-4-5"})
    assert "Expected a session for every utterance in sessions-1-3-4-5" in texts(app.error)
    assert not [one for one in app.button if one.label == "Start training"]
    first, second, *others = tiny_corpus.read_text(encoding="utf-8").splitlines()
    alone = [word if word not in ("neutral", "sad", "angry") else "boredom" for word in second.split(",")]
    (tiny_corpus.parent / "alone-on-page.csv").write_text("\n".join([first, ",".join(alone), *others]) + "\n")
    app = agreed(reloaded({"corpus": "table", "path": str(tiny_corpus.parent / "alone-on-page.csv")}))
    for button in [one for one in app.button if one.label == "Start training"]:
        button.click().run()
    assert not app.exception
    assert "boredom" in texts(app.error)
    assert "eave that emotion out" in texts(app.error)


def test_what_is_chosen_survives_a_reload(opened):
    app = opened("train")
    box(app, "Recipe").set_value("residual-softmax").run()
    app.text_area[0].set_value("dropout=0.5\nembedding_size=32").run()
    box(app, "Split").set_value("speaker-k-fold").run()
    box(app, "Fold").set_value(2).run()
    number(app, "Seed").set_value(7).run()
    field = next(one for one in app.number_input if one.label.startswith("Epochs of stage"))
    field.set_value(3).run()
    assert not app.error
    address = {name: one if isinstance(one, str) else one[0] for name, one in app.query_params.items()}
    assert address == {
        "corpus": "demo", "recipe": "residual-softmax", "split": "speaker-k-fold", "fold": "2", "seed": "7",
        "stages.0.epochs": "3", "settings": "dropout=0.5\nembedding_size=32",
    }  # fmt: skip
    again = agreed(reloaded(address))
    assert not again.exception
    assert not again.error
    assert [box(again, label).value for label in ("Recipe", "Split", "Fold")] == [
        "residual-softmax",
        "speaker-k-fold",
        2,
    ]
    assert again.text_area[0].value == "dropout=0.5\nembedding_size=32"
    assert (number(again, "Seed").value, number(again, field.label).value) == (7, 3)


def test_emotions_that_are_merged_or_left_out_survive_a_reload(opened):
    app = opened("train")
    box(app, "“sad” becomes").set_value("neutral").run()
    box(app, "“boredom” becomes").set_value("leave out").run()
    address = {name: one if isinstance(one, str) else one[0] for name, one in app.query_params.items()}
    assert {name: value for name, value in address.items() if name.startswith("map.")} == {
        "map.sad": "neutral", "map.boredom": "drop",
    }  # fmt: skip
    again = reloaded(address)
    assert not again.exception
    assert not again.error
    assert [box(again, f"“{label}” becomes").value for label in ("sad", "boredom", "happy")] == [
        "neutral", "leave out", "happy",
    ]  # fmt: skip


def test_an_address_is_checked_like_any_input(opened):
    assert opened("train")
    wrong = {"map.sad": "<script>", "map.../x": "happy", "map.happy": "__import__('os')", "map.angry": "neutrl"}
    app = reloaded(
        {"corpus": "dmo", "recipe": "<b>x", "seed": "1_0", "snapshots": "-5", "fold": "9", "else": "x", **wrong}
    )
    assert not app.exception
    told = texts(app.error)
    for label in ("sad", "happy", "angry"):
        assert f"emotion that {label} becomes among" in told
        assert box(app, f"“{label}” becomes").value == label
    assert "emotion to be mapped among" in told
    assert "Did you mean 'demo'?" in told
    assert "a number for seed in the address of this page; got '1_0'" in told
    assert "“Epochs between two snapshots”; got -5" in told
    assert box(app, "Recipe").value == "quick"
