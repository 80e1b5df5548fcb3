"""Sentences in writing: a model that hears nothing is trained, kept, and rates them; what is no sentence is refused."""

import csv

import numpy as np
import pytest

from ser_core.audio.signal import Signal
from ser_core.checkpoints import load_checkpoint
from ser_core.checkpoints.card import Card
from ser_core.checkpoints.words import card_in_words
from ser_core.errors import ConfigError, InputError
from ser_core.experiments.measured import has_effect
from ser_core.inference import Reader, TextReader, load_reader
from ser_core.inputs import inputs_of
from ser_core.inputs.words import WordVectors
from ser_core.recipes import load_recipe
from ser_core.training.plan import make_plan
from ser_core.training.run import train_run

NICE, NASTY = ("sunny", "lovely", "garden", "smile"), ("rainy", "cruel", "ruin", "tears")
PLAIN = ("the", "a", "is", "was", "here", "there", "it", "we")


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A model of 160 sentences of three words, pleasant, unpleasant or neither, and the folder of its vectors."""
    folder, random = tmp_path_factory.mktemp("text"), np.random.default_rng(0)
    rows = []
    for number in range(160):
        side = int(random.integers(3)) - 1
        told = random.choice(NICE if side > 0 else NASTY if side < 0 else PLAIN)
        words = [*random.choice(PLAIN, 2), told]
        valence = 3 + side + 0.1 * random.standard_normal()
        part = ("train", "train", "dev", "test")[number % 4]
        arousal, dominance = 3 + 0.3 * random.standard_normal(), (2.9, 3.1)[number % 2]
        ratings = [f"{np.clip(value, 1, 5):.2f}" for value in (valence, arousal, dominance)]
        rows.append([f"doc{number // 8}_{number}_{number + 1}", part, *ratings, " ".join(words)])
    with (folder / "emobank.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["id", "split", "V", "A", "D", "text"], *rows])
    lines = [
        f"{word} {' '.join(f'{value:.3f}' for value in random.standard_normal(6))}"
        for word in (*PLAIN, *NICE, *NASTY, "extra")
    ]
    (folder / "vectors.txt").write_text("\n".join(lines), encoding="utf-8")
    overrides = [f'inputs.words.options.vectors="{folder / "vectors.txt"}"', "inputs.words.options.size=6",
                 "inputs.words.encoder_options.units=8", "embedding_size=6", "stages.0.epochs=12",
                 "stages.0.batch_size=16", "stages.0.learning_rate=0.02", "dropout=0.1"]  # fmt: skip
    plan = make_plan(
        corpus=f"emobank:{folder}", recipe="words", protocol="given-split", fold=1, seed=0, overrides=overrides
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SER_WORKSPACE", str(folder / "workspace"))
        checkpoint = train_run(folder / "run", plan)
    (folder / "vectors.txt").unlink()  # a finished model needs its file no longer
    return checkpoint


@pytest.fixture(scope="module")
def reader(trained):
    return TextReader.load(trained)


# ------------------------------------------------------------------------------------------------ ratings
def test_a_pleasant_word_moves_valence_up_and_an_unpleasant_one_down(reader):
    nice, nasty = reader.read("Here it was sunny"), reader.read("Here it was cruel")
    assert nice.ratings["valence"] > nasty.ratings["valence"]
    assert list(nice.ratings) == ["valence", "arousal", "dominance"]
    assert [word.word for word in nice.words] == ["here", "it", "was", "sunny"]
    assert nice.words[-1].moved["valence"] > 0 > nasty.words[-1].moved["valence"]


def test_what_a_word_moves_is_the_rating_with_it_less_the_rating_without_it(reader):
    prediction, without = reader.read("The lovely rainy garden"), reader.read("The rainy garden")
    assert prediction.words[1].word == "lovely"
    for name, moved in prediction.words[1].moved.items():
        assert moved == pytest.approx(prediction.ratings[name] - without.ratings[name], abs=1e-5)


def test_an_only_word_is_compared_with_no_words_at_all(reader):
    (only,) = reader.read("sunny").words
    assert all(np.isfinite(list(only.moved.values())))


def test_letters_and_numbers_without_vectors_make_no_sentence_foreign(reader):
    assert reader.read("I was here: 2 7 9").unknown == ("i", "2", "7", "9")


def test_unknown_words_are_told_and_change_nothing(reader):
    plain, more = reader.read("the garden is sunny"), reader.read("The garden is sunny, xyzzy!")
    assert more.unknown == ("xyzzy",)
    assert more.notes == ("Not known, and left out: xyzzy.",)
    assert plain.unknown == plain.notes == ()
    assert dict(more.ratings) == pytest.approx(dict(plain.ratings), abs=1e-5)


def test_the_test_sentences_in_the_card_and_in_its_words(trained):
    card = load_checkpoint(trained).card
    assert card.task_metrics["test"]["ratings"]["pearson_valence"] > 0.5
    text = card_in_words(card)
    assert "Predicts: valence, arousal, dominance" in text
    assert "| test | ratings | ccc_valence |" in text
    assert "Expects: sentences in writing (word-vectors); it hears nothing" in text
    (task,) = card.definitions
    assert f"Scale: valence {task.means[0]:.2f} ± {task.deviations[0]:.2f}, arousal" in text
    assert "BY-SA" in text


# ------------------------------------------------------------------------------------------------ refusals
@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("", "Expected a sentence; got no words. Write one in English."),
        (" … -- !? ", "got no words"),
        ("Das Wetter ist heute furchtbar", "das, wetter, ist, heute, furchtbar are not known, 5 of its 5 words"),
        ("the xyzzy is plugh", "xyzzy, plugh are not known, 2 of its 4 words. .* English alone"),
        ("天气很好", "天气很好 is not known, 1 of its 1 words"),
        ("I, 7!", "Expected an English sentence; i, 7 are not known"),
        ("the garden " * 101, "at most 200 words; got 202. Give sentences one by one"),
    ],
)
def test_what_is_no_english_sentence_is_refused_with_advice(reader, text, advice):
    with pytest.raises(InputError, match=advice):
        reader.read(text)


def test_a_model_that_hears_reads_no_text_and_one_of_words_judges_no_sound(trained, tiny_checkpoint):
    with pytest.raises(InputError, match="Expected a model that rates words alone.*takes log-mel.*give this one r"):
        TextReader.load(tiny_checkpoint)
    with pytest.raises(InputError, match=r'sentences in writing, and hears nothing.*predict --text "…"'):
        Reader.load(trained)
    with pytest.raises(InputError, match="recording does not bring"):
        load_reader(trained).read_many([Signal(np.zeros(8_000, np.float32))])


# ------------------------------------------------------------------------------------------------ the recipe
def test_a_recipe_without_sound_has_its_further_inputs_alone_and_needs_one():
    recipe = load_recipe("words")
    assert not recipe.hears
    (only,) = inputs_of(recipe).items()
    assert only[0] == "words"
    assert isinstance(only[1], WordVectors)
    assert recipe.input_kinds == ("word-vectors",)
    with pytest.raises(ConfigError, match=r"Expected \[inputs.NAME\] in a recipe without sound"):
        load_recipe("quick", ["front_end.kind=none"])


def test_settings_of_sound_shape_nothing_where_there_is_none():
    parameters = load_recipe("words").parameters()
    assert [key for key in parameters if key.startswith(("front_end", "encoder")) and has_effect(key, parameters)] == [
        "front_end.kind"
    ]
    assert has_effect("inputs.words.encoder", parameters)


def test_a_card_of_words_is_read_again_as_it_was_written(trained):
    card = load_checkpoint(trained).card
    assert not card.hears
    assert card.inputs == ("word-vectors",)
    assert Card.from_table(card.as_table()) == card
