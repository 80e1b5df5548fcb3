"""``evaluate --checkpoint``: a finished model on corpora, from the command to the card."""

import json
import shutil

import numpy as np
import pandas as pd
import pytest
import soundfile

from ser_core.checkpoints.elsewhere import worth_in_a_sentence
from ser_core.checkpoints.folder import read_card
from ser_core.checkpoints.words import card_in_words
from ser_core.cli import main
from ser_core.corpora import CORPORA, open_corpus
from ser_core.inference import Reader
from ser_core.inference.embedding import embed_corpus


@pytest.fixture
def foreign(tiny_corpus, tmp_path, random):
    """Another corpus: other people, and one emotion that the model does not know."""
    rows = pd.read_csv(tiny_corpus)
    rows["speaker"] = "x" + rows["speaker"]
    rows.loc[rows["emotion"] == "neutral", "emotion"] = "calm"
    for file in rows["file"]:
        samples, rate = soundfile.read(tiny_corpus.parent / file)
        soundfile.write(tmp_path / file, samples[::-1] + 0.02 * random.standard_normal(len(samples)), rate)
    table = tmp_path / "foreign.csv"
    rows.drop(columns="split").to_csv(table, index=False)
    return table


def test_the_file_holds_what_the_model_says_of_another_corpus(tiny_checkpoint, foreign, tmp_path, capsys):
    out = tmp_path / "scores.json"
    arguments = ["evaluate", "--checkpoint", str(tiny_checkpoint), "--corpus", str(foreign), "--out", str(out)]
    assert main(arguments) == 0
    printed = capsys.readouterr()
    assert printed.out.strip() == str(out)
    assert "24 utterances by 4 speakers, 12 of emotions that the model does not know" in " ".join(printed.err.split())
    content = json.loads(out.read_text())
    assert content["version"] == 1
    assert content["checkpoint"] == read_card(tiny_checkpoint).name
    (found,) = content["corpora"]
    table = embed_corpus(Reader.load(tiny_checkpoint), open_corpus(str(foreign)))
    known = table[table["emotion"] != "calm"]
    shares = [(rows["predicted"] == emotion).mean() for emotion, rows in known.groupby("emotion")]
    assert found["overall"]["uar"] == pytest.approx(sum(shares) / 2)
    assert found["present"] == ["sad", "angry"]
    assert found["unknown"]["calm"]["utterances"] == 12
    assert not found["trained_on"]
    assert found["left_out"] == 0


def test_speakers_of_the_training_are_left_out(tiny_checkpoint, tiny_corpus, tmp_path):
    out = tmp_path / "scores.json"
    arguments = ["evaluate", "--checkpoint", str(tiny_checkpoint), "--corpus", str(tiny_corpus), "--out", str(out)]
    assert main(arguments) == 0
    (found,) = json.loads(out.read_text())["corpora"]
    card = read_card(tiny_checkpoint)
    assert found["trained_on"]
    assert sorted(found["by_speaker"]) == sorted(card.split.test_speakers)
    assert found["left_out"] == 27
    assert found["overall"]["uar"] == pytest.approx(card.test_score.uar)


def test_a_model_that_heard_everybody_is_refused_with_advice(tiny_checkpoint, tiny_corpus, tmp_path, capsys):
    table = tmp_path / "heard.csv"
    rows = pd.read_csv(tiny_corpus)
    train = read_card(tiny_checkpoint).split.train_speakers
    rows = rows[rows["speaker"].isin(train)]
    for file in rows["file"]:
        shutil.copy(tiny_corpus.parent / file, tmp_path / file)
    rows.assign(corpus="tiny").to_csv(table, index=False)
    out = tmp_path / "scores.json"
    assert main(["evaluate", "--checkpoint", str(tiny_checkpoint), "--corpus", str(table), "--out", str(out)]) == 2
    assert "whom the model tiny-run has not learned from" in " ".join(capsys.readouterr().err.split())
    assert not out.exists()


def test_the_singers_of_ravdess_are_its_speakers():
    assert CORPORA["ravdess-song"].speakers_of == CORPORA["ravdess"].speakers_of == "ravdess"
    assert CORPORA["emodb"].speakers_of == "emodb"


@pytest.mark.parametrize(
    ("extra", "advice"),
    [
        (["--recipe", "quick"], "Expected --checkpoint without --recipe"),
        (["--protocol", "emobox", "--folds", "1"], "Expected --checkpoint without --protocol, --folds"),
        (["--corpus", "demo", "--corpus", "demo"], "Expected each --corpus once; got demo twice"),
        (["--adapt", "person"], "Expected a scope of --adapt among speaker, corpus; got 'person'"),
        (["--adapt-clips", "8"], "Expected --adapt speaker or --adapt corpus beside --adapt-clips"),
        (["--draws", "5"], "Expected --adapt speaker or --adapt corpus beside --adapt-clips"),
        (["--adapt", "speaker", "--draws", "5"], "Expected --draws only with --adapt-clips"),
    ],
)
def test_options_that_do_not_fit_are_named(extra, advice, tiny_checkpoint, tiny_corpus, tmp_path, capsys):
    out = tmp_path / "x.json"
    first = [] if "--corpus" in extra else ["--corpus", str(tiny_corpus)]
    assert main(["evaluate", "--checkpoint", str(tiny_checkpoint), "--out", str(out), *first, *extra]) == 2
    assert advice in " ".join(capsys.readouterr().err.split())
    assert not out.exists()


def test_a_result_that_is_there_is_replaced_only_on_demand(tiny_checkpoint, foreign, tmp_path, capsys):
    out = tmp_path / "scores.json"
    out.write_text("mine")
    arguments = ["evaluate", "--checkpoint", str(tiny_checkpoint), "--corpus", str(foreign), "--out", str(out)]
    assert main(arguments) == 2
    assert "add --overwrite to replace it" in " ".join(capsys.readouterr().err.split())
    assert out.read_text() == "mine"
    assert main([*arguments, "--overwrite"]) == 0
    assert json.loads(out.read_text())["version"] == 1


def test_neither_a_recipe_nor_a_checkpoint_is_refused(tiny_corpus, tmp_path, capsys):
    assert main(["evaluate", "--corpus", str(tiny_corpus), "--out", str(tmp_path / "x.json")]) == 2
    assert "Expected --recipe and --protocol with one --corpus" in " ".join(capsys.readouterr().err.split())


def test_the_scores_stand_in_the_card_and_in_one_sentence(tiny_checkpoint, foreign, workspace, tmp_path, capsys):
    model = shutil.copytree(tiny_checkpoint, workspace / "checkpoints" / "tiny-run")
    assert "was not measured" in worth_in_a_sentence(read_card(model))
    out = tmp_path / "scores.json"
    assert main(["evaluate", "--checkpoint", "tiny-run", "--corpus", str(foreign), "--out", str(out)]) == 0
    assert main(["checkpoints", "--scores", str(out)]) == 0
    card = read_card(model)
    sentence = worth_in_a_sentence(card)
    found = json.loads(out.read_text())["corpora"][0]
    assert f"{100 * found['overall']['uar']:.0f} % of its answers were right (" in sentence
    assert f"share, {100 * found['overall']['uar_present']:.0f} % (50 % by chance)" in sentence
    assert sentence in capsys.readouterr().out
    assert sentence in card_in_words(card) == (model / "README.md").read_text(encoding="utf-8")


def test_scores_of_other_weights_do_not_enter_a_card(tiny_checkpoint, foreign, workspace, tmp_path, capsys):
    model = shutil.copytree(tiny_checkpoint, workspace / "checkpoints" / "tiny-run")
    out = tmp_path / "scores.json"
    assert main(["evaluate", "--checkpoint", "tiny-run", "--corpus", str(foreign), "--out", str(out)]) == 0
    content = json.loads(out.read_text())
    before = (model / "card.json").read_bytes()
    for change, advice in (({"checkpoint_digest": "0" * 64}, "are of other weights"), ({"elsewhere": [1]}, "a table")):
        out.write_text(json.dumps(content | change))
        assert main(["checkpoints", "--scores", str(out)]) == 2
        assert advice in " ".join(capsys.readouterr().err.split())
    assert (model / "card.json").read_bytes() == before


def test_adapted_scores_are_called_transductive_in_file_and_line_and_no_card_takes_them(
    tiny_checkpoint, foreign, tmp_path, capsys
):
    out = tmp_path / "scores.json"
    arguments = ["evaluate", "--checkpoint", str(tiny_checkpoint), "--corpus", str(foreign), "--out", str(out)]
    assert main([*arguments, "--adapt", "speaker", "--adapt-clips", "2", "--draws", "3"]) == 0
    printed = " ".join(capsys.readouterr().err.split())
    assert (
        "transductive: adapted to each speaker by 2 unlabelled clips, mean of 3 draws, scored on the others" in printed
    )
    content = json.loads(out.read_text())
    assert content["version"] == 2
    assert "elsewhere" not in content
    (found,) = content["corpora"]
    adapted = found["adapted"]
    assert adapted["transductive"]
    assert (adapted["scope"], adapted["clips"], adapted["draws"]) == ("speaker", 2, 3)
    assert (adapted["few_speakers"], adapted["few_utterances"]) == (0, 0)
    assert 24 < sum(map(sum, found["confusion"])) < 3 * 24  # every draw judges what it was not given
    assert found["overall"]["utterances"] == adapted["unadapted"]["utterances"] <= 24
    assert f"unadapted {100 * adapted['unadapted']['uar_present']:.1f} %" in printed
    assert main(["checkpoints", "--scores", str(out)]) == 2
    assert "transductive scores, for which unlabelled test speech was used" in " ".join(capsys.readouterr().err.split())


def test_adapted_to_each_speaker_by_everything_all_are_judged_once(tiny_checkpoint, foreign, tmp_path, capsys):
    scores = {}
    for adapt in ([], ["--adapt", "speaker"], ["--adapt", "corpus"]):
        out = tmp_path / f"scores-{len(scores)}.json"
        arguments = ["evaluate", "--checkpoint", str(tiny_checkpoint), "--corpus", str(foreign), "--out", str(out)]
        assert main([*arguments, *adapt]) == 0
        (scores["".join(adapt)],) = json.loads(out.read_text())["corpora"]
    plain = scores.pop("")
    assert "adapted" not in plain
    assert "transductive" in capsys.readouterr().err
    for found in scores.values():
        assert found["adapted"]["unadapted"] == plain["overall"]
        assert found["overall"]["utterances"] == sum(map(sum, found["confusion"])) == 24
    assert scores["--adaptspeaker"]["confusion"] != scores["--adaptcorpus"]["confusion"]


def test_a_recipe_is_not_adapted(tiny_corpus, tmp_path, capsys):
    arguments = ["evaluate", "--corpus", str(tiny_corpus), "--recipe", "quick", "--protocol", "emobox"]
    assert main([*arguments, "--out", str(tmp_path / "x.json"), "--adapt", "speaker"]) == 2
    assert "Expected --adapt only with --checkpoint" in " ".join(capsys.readouterr().err.split())


def test_a_single_utterance_and_a_speaker_of_two_people_are_told(
    tiny_checkpoint, foreign, tmp_path, capsys, monkeypatch
):
    rows = pd.read_csv(foreign)
    rows.loc[0, "speaker"] = "alone"
    rows.to_csv(foreign, index=False)

    def vectors(manifest, *, cache):
        """Half of what xm1 says is somebody else's."""
        numbers = [7 if row.speaker == "xm1" and "2.wav" in row.file else 3 for row in manifest.utterances]
        return np.eye(12)[numbers]

    monkeypatch.setattr("ser_core.inference.scoring.voice_vectors_of", vectors)
    out = tmp_path / "scores.json"
    arguments = ["evaluate", "--checkpoint", str(tiny_checkpoint), "--corpus", str(foreign), "--out", str(out)]
    assert main([*arguments, "--adapt", "speaker"]) == 0
    printed = " ".join(capsys.readouterr().err.split())
    assert "Speakers with a single utterance: 1. It was adapted by itself" in printed
    assert "Speakers whose utterances sound like two people's: xm1." in printed
    adapted = json.loads(out.read_text())["corpora"][0]["adapted"]
    assert (adapted["alone"], adapted["two_people"]) == (1, ["xm1"])
    assert main([*arguments, "--overwrite", "--adapt", "corpus"]) == 0
    assert "two people" not in capsys.readouterr().err


def test_a_corpus_without_a_shared_emotion_is_refused_also_with_adaptation(tiny_checkpoint, foreign, tmp_path, capsys):
    rows = pd.read_csv(foreign)
    rows.assign(emotion="boredom").to_csv(foreign, index=False)
    out = tmp_path / "scores.json"
    arguments = ["evaluate", "--checkpoint", str(tiny_checkpoint), "--corpus", str(foreign), "--out", str(out)]
    for adapt in ([], ["--adapt", "speaker"], ["--adapt", "corpus"]):
        assert main([*arguments, *adapt]) == 2
        said = " ".join(capsys.readouterr().err.split())
        assert "Expected utterances of an emotion that the model knows" in said
        assert "the corpus has only boredom. Rename emotions with --map" in said
        assert not out.exists()
