"""A card of an earlier release says that nothing was measured, and can be measured without training."""

import dataclasses
import json
import shutil
from pathlib import Path

import pytest

from ser_core.checkpoints import load_checkpoint
from ser_core.checkpoints.card import CardEvaluation, CardSplit
from ser_core.checkpoints.folder import read_card, write_card, write_digests
from ser_core.checkpoints.listing import SHIPPED
from ser_core.checkpoints.measuring import add_strangers, measure, measured
from ser_core.checkpoints.words import card_in_words, outside_in_words, reliability_in_words, same_recipe_in_words
from ser_core.cli import main
from ser_core.errors import CheckpointError
from ser_core.evaluation.cross_corpus import StrangerScore


def rounded(table: dict) -> dict:
    return json.loads(json.dumps(table), parse_float=lambda text: round(float(text), 9))


@pytest.fixture
def earlier(tiny_checkpoint: Path, tmp_path: Path) -> Path:
    """A checkpoint as it was before reliability was measured."""
    folder = Path(shutil.copytree(tiny_checkpoint, tmp_path / "model"))
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    del card["reliability"]
    (folder / "card.json").write_text(json.dumps(card), encoding="utf-8")
    (folder / "README.md").unlink()
    write_digests(folder)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_checkpoint_of_an_earlier_release_is_loaded_and_says_not_measured(earlier):
    card = load_checkpoint(earlier).card
    told = " ".join(reliability_in_words(card))
    assert "Not measured: this card is of a release that did not." in told
    assert "python -m ser_core checkpoints --measure NAME" in told
    assert "was not measured" in outside_in_words(card, "sad")
    assert "Not measured" in card_in_words(card)


def test_measured_afterwards_it_says_what_training_would_have_written(earlier, tiny_checkpoint, capsys):
    before = contents(earlier)
    assert main(["checkpoints", "--measure", str(earlier)]) == 0
    assert "9 utterances by 1 person whom this model had not heard" in capsys.readouterr().out
    after = contents(earlier)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"card.json", "README.md", "SHA256SUMS"}
    trained = read_card(tiny_checkpoint)
    assert load_checkpoint(earlier).card.reliability == trained.reliability
    assert after["README.md"].decode() == card_in_words(trained)
    measure(earlier)
    assert contents(earlier) == after  # once more changes nothing


@pytest.mark.parametrize("name", ["demo-residual", "ravdess-residual"])
def test_the_cards_that_ship_say_what_their_files_give(name):
    folder = SHIPPED / name
    card = read_card(folder)
    assert rounded(card.reliability.as_table()) == rounded(measured(folder).as_table())
    assert (folder / "README.md").read_text(encoding="utf-8") == card_in_words(card)


def test_without_speakers_left_out_the_card_says_so_plainly(earlier):
    card = read_card(earlier)
    split = CardSplit("all", 1, train_speakers=("f1",))
    write_card(earlier, dataclasses.replace(card, split=split, metrics={}, reliability=None))
    told = " ".join(reliability_in_words(load_checkpoint(earlier).card))
    assert "Not measured: no speakers were left out." in told
    assert "fitted on the training speech itself" in told


def test_where_test_speakers_were_heard_the_card_says_so(tiny_checkpoint):
    card = read_card(tiny_checkpoint)
    heard = dataclasses.replace(card, split=dataclasses.replace(card.split, speaker_overlap=4))
    for told in (" ".join(reliability_in_words(heard)), outside_in_words(heard, "sad")):
        assert "of whom this model had heard 4 already, so that the figures flatter it" in told


def test_what_was_measured_out_of_fold_is_told_beside_it(tiny_checkpoint):
    card = read_card(tiny_checkpoint)
    assert same_recipe_in_words(card) == []
    evaluation = CardEvaluation(reliability=card.reliability, speaker_overlap=0)
    assert "each measured on the test speech of its own fold: 9 utterances" in card_in_words(
        dataclasses.replace(card, evaluation=evaluation)
    )


def test_a_text_of_many_lines_stays_on_one_in_the_words_of_a_card(tiny_checkpoint):
    assert "- Corpus: mine # no heading\n" in card_in_words(
        dataclasses.replace(read_card(tiny_checkpoint), corpus="mine\n# no heading")
    )


@pytest.mark.parametrize("damage", ["no atlas", "no test speech", "changed"])
def test_what_cannot_be_measured_gets_advice_and_stays_as_it_is(earlier, damage):
    import pandas as pd

    atlas = earlier / "atlas.parquet"
    if damage == "no atlas":
        atlas.unlink()
        write_digests(earlier)
    elif damage == "no test speech":
        pd.read_parquet(atlas).assign(split="train").to_parquet(atlas, index=False)
        write_digests(earlier)
    else:
        atlas.write_bytes(b"")
    before = contents(earlier)
    with pytest.raises(CheckpointError, match="rain it again"):
        measure(earlier)
    assert contents(earlier) == before


STRANGERS = (
    StrangerScore(
        corpus="emodb", title="EmoDB", trained_on=("ravdess", "ravdess-song"), seeds=3, utterances=454, speakers=10,
        labels=6, chance=1 / 6, uar=0.423, uar_interval=(0.35, 0.49), ece=0.07, clips=8, uar_after=0.551,
        uar_after_interval=(0.48, 0.62), ece_after=0.08,
    ),
)  # fmt: skip


def test_scores_of_models_trained_without_the_tested_corpus_stand_in_the_card(tiny_checkpoint, tmp_path):
    folder = Path(shutil.copytree(tiny_checkpoint, tmp_path / "model"))
    before = contents(folder)
    recipe = read_card(folder).recipe
    assert "that it was not trained on" not in before["README.md"].decode()
    assert add_strangers(str(folder), recipe, STRANGERS)[0] == folder
    card = load_checkpoint(folder).card
    assert card.strangers == STRANGERS
    told = (folder / "README.md").read_text(encoding="utf-8")
    assert "## What such a model is worth for people of a corpus that it was not trained on" in told
    assert "| EmoDB | ravdess, ravdess-song | 454, 10 | 6 | 16.7 | 42.3 (35.0 to 49.0) | 55.1 (48.0 to 62.0)," in told
    assert "transductive" in told
    with pytest.raises(
        CheckpointError, match="Expected scores of the recipe tiny, which trained .*; got those of quick"
    ):
        add_strangers(str(folder), "quick", STRANGERS)
    add_strangers(str(folder), recipe, ())
    assert contents(folder) == before
