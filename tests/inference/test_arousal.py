"""How excited a recording sounds: the interval of a trained model, and every way to ask for it."""

import csv
import io
import json

import numpy as np
import pytest
import soundfile

from ser_core.audio.reading import read_audio
from ser_core.checkpoints.folder import read_card
from ser_core.checkpoints.words import card_in_words
from ser_core.cli import main
from ser_core.corpora import open_corpus
from ser_core.inference import Reader
from ser_core.inference.arousal import HeardArousal
from ser_core.inference.many import judge_each, judgements_csv, sounds_of

PLAYED = {"neutral": 0.0, "sad": -0.27, "angry": 0.59}


@pytest.fixture
def model(tiny_arousal_run):
    return tiny_arousal_run / "checkpoint"


@pytest.fixture
def reader(model):
    return Reader.load(model)


def test_the_interval_is_the_error_that_nine_in_ten_development_utterances_do_not_exceed(reader, tiny_corpus):
    card = reader.checkpoint.card
    rows = [row for row in open_corpus(str(tiny_corpus)).utterances if row.speaker in card.split.development_speakers]
    heard = reader.read_many([read_audio(tiny_corpus.parent / row.file) for row in rows])
    errors = sorted(abs(one.arousal.value - PLAYED[row.emotion]) for one, row in zip(heard, rows, strict=True))
    found = card.arousal_interval
    assert len(errors) == 9
    assert found.half_width == pytest.approx(errors[9 - 1], abs=2e-6), "the ninth of ⌈(9 + 1) · 0.9⌉"
    assert (found.level, found.utterances, found.speakers, found.part) == (0.9, 9, 1, "development")
    for one in heard:
        arousal = one.arousal
        assert arousal.low == pytest.approx(max(-1, arousal.value - found.half_width))
        assert arousal.high == pytest.approx(min(1, arousal.value + found.half_width))
        assert one.other_tasks["arousal"] == {"arousal": arousal.value}


def test_a_model_without_such_a_head_says_nothing_of_arousal(tiny_checkpoint, tiny_corpus):
    reader = Reader.load(tiny_checkpoint)
    assert reader.read(read_audio(tiny_corpus.parent / "m2_sad0.wav")).arousal is None
    assert "arousal" not in card_in_words(reader.checkpoint.card).lower()
    assert "arousal_interval" not in json.loads((tiny_checkpoint / "card.json").read_text())


def test_the_card_says_that_it_is_a_proxy_by_which_table_on_which_scale_and_how_wide(model):
    card = read_card(model)
    words = card_in_words(card)
    assert "from -1 (calm) to 1 (excited), was learned from a proxy: nobody rated the training speech" in words
    assert "as excited as its played emotion is by Russell and Mehrabian (1977)" in words
    assert f"± {card.arousal_interval.half_width:.2f}: it holds 90 %" in words
    assert "of 9 utterances of speakers set apart for development" in words
    assert "three-factor theory of emotions" in words, "what a publication cites"
    assert "Predicts: emotion, arousal" in words
    assert set(card.task_metrics["test"]["arousal"]) == {"ccc", "spearman", "rmse"}


@pytest.mark.parametrize(
    ("value", "words"),
    [(-1, "very calm"), (-0.5, "calm"), (0, "in between"), (0.59, "excited"), (0.6, "very excited")],
)
def test_words_are_fifths_of_the_scale(value, words):
    assert HeardArousal(value, -1, 1, 0.9, "x").in_words == words


def test_predict_gives_value_interval_and_what_they_are_by(model, reader, tiny_corpus, capsys):
    files = [tiny_corpus.parent / "m2_sad0.wav", tiny_corpus.parent / "m2_angry0.wav"]
    assert main(["predict", "--checkpoint", str(model), "--json", *map(str, files)]) == 0
    for file, found in zip(files, json.loads(capsys.readouterr().out), strict=True):
        heard = reader.read(read_audio(file)).arousal
        assert found["arousal"] == {
            "value": heard.value, "low": heard.low, "high": heard.high, "level": 0.9, "proxy": "russell-mehrabian-1977",
        }  # fmt: skip


def test_a_folder_gets_three_more_columns_empty_where_nobody_speaks(reader, tiny_corpus):
    quiet = io.BytesIO()
    soundfile.write(quiet, np.zeros(16_000), 16_000, format="WAV")
    sounds = [
        *sounds_of("m2_sad0.wav", (tiny_corpus.parent / "m2_sad0.wav").read_bytes()),
        *sounds_of("quiet.wav", quiet.getvalue()),
        *sounds_of("text.wav", b"no sound"),
    ]
    judged = list(judge_each(reader, sounds))
    first, silent, refused = csv.DictReader(io.StringIO(judgements_csv(judged, reader.labels, arousal=True)))
    heard = judged[0].reading.arousal
    for column, value in (("arousal", heard.value), ("arousal_low", heard.low), ("arousal_high", heard.high)):
        assert float(first[column]) == pytest.approx(value, abs=6e-4)
        assert silent[column] == refused[column] == ""
    assert float(first["seconds"]) == pytest.approx(0.5)
    assert silent["answer"] == "not speech"
    assert refused["refused"]
    assert "arousal" not in judgements_csv(judged, reader.labels).splitlines()[0]
