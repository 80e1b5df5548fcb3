"""The library tells what is there, and works when nothing is."""

import json
import shutil
from pathlib import Path

import pytest

from ser_core.checkpoints import find
from ser_core.checkpoints.folder import read_card
from ser_core.checkpoints.measuring import add_strangers
from tests.checkpoints.test_measuring import STRANGERS
from tests.pages.shown import texts


def line(app, start: str) -> str:
    return next(one.value for one in app.markdown if one.value.startswith(start))


def test_the_library_has_the_licence_of_every_corpus_and_says_which_ship(opened):
    from ser_core.corpora import CORPORA

    app = opened("library")
    assert not app.exception
    assert not app.error
    assert [one.value for one in app.header] == ["Models", "Training runs", "Corpora"]
    text = " ".join(one.value for one in app.markdown)
    for corpus in CORPORA.values():
        assert corpus.title in text
        assert corpus.licence_short.split(",")[0] in text.replace("\\", "")
    for title in ("Demo (artificial voices)", "EmoDB, clips (acted German)"):
        assert "ships with the app" in line(app, f"- **{title}")


def test_a_model_is_told_with_the_corpora_of_its_training_as_they_are_called(opened):
    text = " ".join(one.value for one in opened("library").markdown)
    assert "9 emotions, trained on RAVDESS (speech) + RAVDESS (song) + EmoDB (Berlin Database of Emotional" in text
    assert "sentences in writing, trained on EmoBank (sentences in writing). It hears nothing." in text


def test_no_figure_of_the_library_is_torn_from_its_sign(opened):
    text = " ".join(one.value for one in opened("library").markdown)
    assert "\xa0%" in text
    assert " %" not in text


@pytest.mark.usefixtures("no_models")
def test_the_library_without_a_model_says_how_to_make_one(opened):
    app = opened("library")
    assert not app.exception
    assert any("No model yet" in one.value for one in app.markdown)


def test_the_library_says_whether_ravdess_is_here_and_where_the_workspace_lies(opened, tmp_path):
    app = opened("library")
    assert "**not fetched**" in line(app, "- **RAVDESS")
    assert str(tmp_path / "workspace").replace("_", "") in " ".join(
        one.value.replace("\\", "").replace("_", "") for one in app.caption
    )
    (tmp_path / "workspace" / "downloads" / "ravdess").mkdir(parents=True)
    app.run()
    assert "**fetched**" in line(app, "- **RAVDESS")


def test_a_model_that_cannot_be_read_is_listed_with_the_reason(opened, monkeypatch):
    monkeypatch.setattr(
        "ser_core.checkpoints.listing.unreadable", lambda: [("mine", "Expected version 1; got version 9.")]
    )
    app = opened("library")
    assert any("mine" in one.value and "got version 9" in one.value for one in app.warning)


def test_a_card_that_says_nonsense_and_a_workspace_that_is_a_file_leave_the_page_whole(
    opened, tiny_checkpoint, tmp_path, monkeypatch
):
    folder = Path(shutil.copytree(tiny_checkpoint, tmp_path / "workspace" / "checkpoints" / "odd"))
    card = json.loads((folder / "card.json").read_text())
    (folder / "card.json").write_text(json.dumps(card | {"metrics": {"test": 5}}))
    app = opened("library")
    assert not app.exception
    assert any("odd" in one.value and "got 5" in one.value for one in app.warning)
    monkeypatch.setenv("SER_WORKSPACE", str(folder / "card.json"))
    app.run()
    assert not app.exception
    assert not app.error


def test_scores_without_the_tested_corpus_stand_beside_those_on_other_corpora(opened, tiny_checkpoint, tmp_path):
    folder = tmp_path / "workspace" / "checkpoints" / "measured"
    shutil.copytree(tiny_checkpoint, folder)
    add_strangers(str(folder), read_card(folder).recipe, STRANGERS)
    app = opened("library")
    assert not app.exception
    sentence = (
        "With people of a corpus left out of the training 42\xa0% are right among the emotions that both know, after "
        "8 clips of theirs 55\xa0%"
    )
    assert sentence in texts(app.markdown)
    assert "What such a model is worth" not in texts(app.markdown)
    next(one for one in app.toggle if one.label == "For experts").set_value(True).run()
    assert not app.exception
    assert "What such a model is worth for people of a corpus that it was not trained on" in texts(app.markdown)
    assert "their other clips were judged: transductive" in texts(app.caption)
    shown = [table.value for table in app.dataframe if "UA after unlabelled clips (%)" in table.value.columns]
    (table,) = (
        one for one in shown if "42.3 (35.0 to 49.0)" in one["UA (%)"].tolist()
    )  # beside that of the model that ships
    assert len(table) == 1
    assert table["trained on"].tolist() == ["ravdess, ravdess-song"]


def test_the_artificial_model_is_labelled_so(opened):
    app = opened("library")
    assert any("artificial" in one.value for one in app.markdown)


def test_models_of_ones_own_are_told_apart_and_runs_show_their_scores(opened, tiny_run, tmp_path):
    for name in ("20260101-101010-tiny", "20260102-101010-tiny"):
        shutil.copytree(tiny_run, tmp_path / "workspace" / "runs" / name)
    app = opened("library")
    assert not app.exception
    named = [one.value for one in app.markdown if one.value.startswith("**2026")]
    assert len(named) == len(set(named)) == 2
    assert any("Trained 20" in one.value for one in app.caption)
    runs = next(one.value for one in app.dataframe if "run" in one.value.columns)
    assert runs["UA"].notna().all()
    assert "by the back end that judges its model. UA: the share of right answers" in texts(app.caption)


EXPERT_WORDS = ("UA ", "head", "support vector", "folds", "front_end", "seed", "EmoBox")


def test_a_newcomer_reads_how_often_a_model_is_right_and_no_word_that_only_experts_know(opened):
    app = opened("library")
    shown = texts(app.markdown)
    card = read_card(find("ravdess-residual"))
    right = 100 * card.metrics["test"][card.back_end].uar
    assert f"Right: {right:.0f}\xa0%, every emotion counting equally, on the test part of its split" in shown
    assert "guessing: 12\xa0%" in shown
    models, _, _ = shown.partition("- **")  # the corpora
    assert not [word for word in EXPERT_WORDS if word in models]
    assert 'class="term"' in " ".join(one.value for one in app.markdown), "what a split is, is explained"
    next(one for one in app.toggle if one.label == "For experts").set_value(True).run()
    assert all(word in texts(app.markdown) for word in EXPERT_WORDS)
    assert shown.split("**")[1] in texts(app.markdown), "nothing is taken away"


def test_corpora_of_ones_own_are_named(opened, workspace):
    from ser_core.recordings import Collection, RecordingPlan

    Collection("our-voices").save_plan(RecordingPlan())
    app = opened("library")
    assert not app.exception
    assert any("our-voices" in one.value and "Recording studio" in one.value for one in app.markdown)
