"""``evaluate --checkpoint`` on a corpus with ratings: what is written, printed, and kept in the card."""

import csv
import json
import shutil

import numpy as np
import pytest
import soundfile

from ser_core.checkpoints.folder import read_card
from ser_core.checkpoints.measuring import add_scores
from ser_core.checkpoints.words import card_in_words
from ser_core.cli import main
from ser_core.corpora import open_corpus
from ser_core.evaluation.rating_agreement import rating_agreement
from ser_core.inference import Reader
from ser_core.inference.embedding import embed_corpus
from tests.conftest import tiny_voice

# How it is played: its pitch beside the speaker's, its rate, and how excited people rated it.
PLAYED = (("sad", 0.8, 2.5, 2.0), ("angry", 1.7, 8.0, 4.5), ("boredom", 0.8, 2.0, 1.5))


@pytest.fixture(scope="module")
def rated(tmp_path_factory):
    """A corpus that says it is EmoTale: three people whom no model has heard, rated from 1 to 5, one clip not."""
    folder, random = tmp_path_factory.mktemp("rated"), np.random.default_rng(3)
    lines = ["file,speaker,emotion,arousal,corpus"]
    for speaker, base in (("x1", 100), ("x2", 140), ("x3", 190)):
        for emotion, lift, rate, arousal in (
            ("sad", 0.8, 2.5, 2.0),
            ("angry", 1.7, 8.0, 4.5),
            ("boredom", 0.8, 2.0, 1.5),
        ):
            for take in range(2):
                file = f"{speaker}_{emotion}{take}.wav"
                soundfile.write(folder / file, tiny_voice(base * lift + 5 * take, rate, random), 16_000)
                rating = "" if (speaker, emotion, take) == ("x1", "sad", 0) else arousal + 0.5 * take
                lines.append(f"{file},{speaker},{emotion},{rating},emotale")
    (folder / "rated.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder / "rated.csv"


def evaluated(model, corpus, out):
    assert main(["evaluate", "--checkpoint", str(model), "--corpus", str(corpus), "--out", str(out)]) == 0
    (found,) = json.loads(out.read_text(encoding="utf-8"))["corpora"]
    return found


def test_arousal_is_measured_on_every_rated_utterance_also_of_emotions_that_the_model_does_not_know(
    tiny_arousal_run, rated, tmp_path, capsys
):
    model = tmp_path / "model"
    shutil.copytree(tiny_arousal_run / "checkpoint", model)
    found = evaluated(model, rated, tmp_path / "scores.json")
    reader = Reader.load(model)
    table = embed_corpus(reader, open_corpus(str(rated)))
    with rated.open(encoding="utf-8") as stream:
        ratings = [float(row["arousal"] or "nan") for row in csv.DictReader(stream)]
    there = ~np.isnan(ratings)
    interval = reader.checkpoint.card.arousal_interval
    wanted = rating_agreement(
        np.array(ratings)[there],
        table["predicted_arousal"].to_numpy(dtype=np.float64)[there],
        table["speaker"][there].tolist(),
        scale=(1, 5),
        half_width=interval.half_width,
        level=0.9,
    )
    assert found["arousal"] == wanted.as_table()
    assert found["arousal"]["utterances"] == 17
    printed = " ".join(capsys.readouterr().err.split())
    told = f"Arousal, learned from a proxy, against the ratings of 17 utterances: CCC {wanted.ccc:.3f}, Spearman"
    assert told in printed
    content = json.loads((tmp_path / "scores.json").read_text(encoding="utf-8"))
    (tmp_path / "scores.json").write_text(json.dumps(content | {"checkpoint": str(model)}), encoding="utf-8")
    folder, card = add_scores(tmp_path / "scores.json")
    assert read_card(folder) == card
    words = card_in_words(card)
    assert "Against the ratings of 17 utterances of EmoTale" in words
    assert "by 3 speakers, which it has never seen: concordance" in words


def test_without_such_a_head_or_without_ratings_on_a_known_scale_nothing_is_said_of_arousal(
    tiny_checkpoint, tiny_arousal_run, rated, tmp_path
):
    assert "arousal" not in evaluated(tiny_checkpoint, rated, tmp_path / "one.json")
    unknown = rated.with_name("unknown.csv")
    unknown.write_text(rated.read_text().replace(",emotale", ",mine"), encoding="utf-8")
    assert "arousal" not in evaluated(tiny_arousal_run / "checkpoint", unknown, tmp_path / "other.json")
