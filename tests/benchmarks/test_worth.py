"""The tables of worth: who is left out, what is kept and resumed, and what the pages say, on corpora of seconds."""

import json

import numpy as np
import pandas as pd
import pytest
import soundfile

from benchmarks.worth import cells as measuring
from benchmarks.worth.__main__ import main
from benchmarks.worth.plan import RESEARCH, SHIPS, GivenCorpus, training_speech, trainings
from benchmarks.worth.tables import BEGIN, END, interval_text, kept, rows, with_section
from ser_core.corpora import open_corpus
from ser_core.corpora.people import people
from ser_core.evaluation.metrics import confusion, uar
from ser_core.inference import Atlas, Reader, adapting
from tests.conftest import tiny_voice

EVERY = ("ravdess", "ravdess-song", "emodb", "emotale")
SPOKEN = {"ravdess": "abc", "ravdess-song": "abc", "emodb": "def", "emotale": "gh"}


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    """Lists of four corpora that are called as published ones; the same three people speak and sing in two of them."""
    random = np.random.default_rng(5)
    found = {}
    for corpus, speakers in SPOKEN.items():
        folder = tmp_path_factory.mktemp(corpus)
        lines = ["file,speaker,emotion,corpus"]
        for speaker in speakers:
            for emotion, lift, rate in (("neutral", 1.0, 4.0), ("sad", 0.8, 2.5), ("angry", 1.7, 8.0)):
                for take in range(2):
                    file = f"{speaker}{emotion}{take}.wav"
                    pitch = (120 + 3 * ord(speaker) % 40) * lift
                    soundfile.write(folder / file, tiny_voice(pitch, rate, random, seconds=0.4), 16_000)
                    lines.append(f"{file},{speaker},{emotion},{corpus}")
        (folder / "list.csv").write_text("\n".join(lines) + "\n")
        found[corpus] = folder / "list.csv"
    return found


def test_whoever_is_tested_has_no_part_in_the_training():
    planned = trainings(EVERY, tables=(SHIPS, RESEARCH), tested=EVERY, seeds=(0, 1))
    found = {(one.table, one.corpora): one.tested for one in planned if one.seed == 1}
    assert found == {
        (SHIPS, ("emodb",)): ("ravdess", "ravdess-song"),
        (SHIPS, ("ravdess", "ravdess-song")): ("emodb",),
        (SHIPS, ("ravdess", "ravdess-song", "emodb")): ("emotale",),
        (RESEARCH, ("emodb", "emotale")): ("ravdess", "ravdess-song"),
        (RESEARCH, ("ravdess", "ravdess-song", "emotale")): ("emodb",),
        (RESEARCH, ("ravdess", "ravdess-song", "emodb")): ("emotale",),
    }
    assert trainings(("emodb",), tables=(SHIPS,), tested=("emodb",), seeds=(0,)) == []


def test_a_person_who_speaks_and_sings_is_on_one_side(tables):
    corpora = {name: GivenCorpus(str(path), open_corpus(str(path))) for name, path in tables.items()}
    manifest, fold = training_speech(corpora, ("ravdess", "ravdess-song", "emodb"))
    apart = {people(manifest)[row] for row in fold.development}
    assert apart
    assert not apart & {people(manifest)[row] for row in fold.train}
    assert manifest.speakers == ("emodb/d", "emodb/e", "emodb/f", "ravdess/a", "ravdess/b", "ravdess/c")
    assert not fold.test


@pytest.fixture(scope="module")
def measured(tables, tiny_recipe, tmp_path_factory):
    """The folder of results, the pages and the arguments of a whole measurement with one seed."""
    folder = tmp_path_factory.mktemp("worth")
    readme = folder / "README.md"
    readme.write_text(f"before\n{BEGIN}\n{END}\nafter\n")
    arguments = ["benchmarks.worth", "--recipe", str(tiny_recipe), "--tables", SHIPS, "--seeds", "0"]
    arguments += [word for path in tables.values() for word in ("--corpus", str(path))]
    arguments += ["--folder", str(folder / "results"), "--page", str(folder / "people.md"), "--readme", str(readme)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", arguments)
        patch.setenv("SER_WORKSPACE", str(folder / "workspace"))
        main()
    return folder, arguments


def test_every_cell_has_its_figures_and_its_predictions(measured):
    folder, _ = measured
    found = {content["corpus"]: content for content in kept(folder / "results")}
    assert set(found) == set(EVERY)
    assert found["emotale"]["trained_on"] == ["ravdess", "ravdess-song", "emodb"]
    fitted = [one["corpus"] for one in found["emotale"]["left_out"]["corpora"]]
    assert fitted == ["emodb", "ravdess+ravdess-song"]
    assert [one["corpus"] for one in found["emodb"]["left_out"]["corpora"]] == ["ravdess", "ravdess-song"]
    assert found["ravdess"]["left_out"] is None  # of one corpus nothing can be left out
    for corpus, content in found.items():
        path = next(path for path in (folder / "results").glob(f"*-{SHIPS}-{corpus}-seed-0.parquet"))
        table = pd.read_parquet(path)
        assert len(table) == 6 * len(SPOKEN[corpus])
        kind = "angle" if content["back_end"] == "angle" else "probability"
        values = table[[f"{kind}_{label}" for label in content["present"]]].to_numpy()
        places = values.argmin(axis=1) if kind == "angle" else values.argmax(axis=1)
        best = [content["present"][place] for place in places]
        score = uar(confusion(table["emotion"], best, content["present"]))
        assert content["unadapted"]["uar_present"] == pytest.approx(score)
        counts = sum(np.array(one) for one in content["unadapted"]["counts"].values())
        np.testing.assert_array_equal(counts, confusion(table["emotion"], best, content["present"]))
        assert content["adapted"]["transductive"]
        assert content["adapted"]["few_speakers"] == len(SPOKEN[corpus])  # six clips each, eight are drawn
        of_one = content["adapted_in_one_emotion"]
        assert of_one["transductive"]
        assert set(of_one["counts"]) == set(SPOKEN[corpus])
        assert np.sum(list(of_one["counts"].values())) == 20 * len(table)  # all of them, in each of the draws


def test_clips_of_one_emotion_are_those_of_the_judged_one(tiny_checkpoint, monkeypatch):
    reader, atlas = Reader.load(tiny_checkpoint), Atlas.load(tiny_checkpoint)
    table = atlas.frame.assign(embedding=list(atlas.embeddings))
    emotions, speakers = table["emotion"].to_numpy(), table["speaker"].to_numpy()
    seen = []
    once = adapting.turns

    def spy(*given):
        for turn in once(*given):
            pairs = zip(turn.rows, turn.group, strict=True)
            seen.extend((row, clip) for row, group in pairs for clip in turn.clips[group])
            yield turn

    monkeypatch.setattr(adapting, "turns", spy)
    after = measuring._in_one_emotion(reader, table, adapting.Adaptation("speaker", 2, 3))
    assert seen
    for row, clip in seen:
        assert row != clip
        assert (emotions[row], speakers[row]) == (emotions[clip], speakers[clip])
    assert after["speaker"].tolist() == speakers[after["utterance"]].tolist()


def test_the_pages_say_what_was_measured(measured):
    folder, _ = measured
    page, readme = (folder / "people.md").read_text(), (folder / "README.md").read_text()
    (row,) = [row for row in rows(kept(folder / "results"), SHIPS) if row.first["corpus"] == "emotale"]
    shown = f"**{100 * row.unadapted.estimate:.1f}** ({100 * row.unadapted.low:.1f} to {100 * row.unadapted.high:.1f})"
    line = next(line for line in page.splitlines() if line.startswith("| EmoTale"))
    assert shown in line
    assert f"{100 * row.mean('unadapted', 'ece'):.1f}" in line
    assert "transductive" in page
    assert "fitted without emodb and ravdess+ravdess-song in turn" in page
    assert "2 of its speakers have no more clips than are drawn" in page
    assert shown in readme
    assert readme.startswith(f"before\n{BEGIN}\n")
    assert readme.endswith(f"{END}\nafter\n")
    assert with_section("no marks", "text") == "no marks"


def test_what_is_done_is_not_done_again_and_what_is_missing_is(measured, monkeypatch):
    folder, arguments = measured
    monkeypatch.setattr("sys.argv", arguments)
    monkeypatch.setenv("SER_WORKSPACE", str(folder / "workspace"))
    trained = []
    once = measuring.fit_alone

    def spy(*given, **options):
        trained.append(given[0].corpus)
        return once(*given, **options)

    monkeypatch.setattr(measuring, "fit_alone", spy)
    before = {path.name: path.read_bytes() for path in (folder / "results").iterdir()}
    main()
    assert trained == []
    (gone,) = (folder / "results").glob("*-emodb-seed-0.parquet")
    gone.unlink()
    main()
    assert trained == ["ravdess+ravdess-song"]
    after = {path.name: path.read_bytes() for path in (folder / "results").iterdir()}
    assert sorted(after) == sorted(before)
    name = gone.with_suffix(".json").name
    assert json.loads(after[name])["unadapted"] == json.loads(before[name])["unadapted"]


def test_what_cannot_be_measured_is_told_in_one_sentence(tables, tiny_recipe, tmp_path, monkeypatch):
    def told(*words):
        monkeypatch.setattr("sys.argv", ["benchmarks.worth", "--folder", str(tmp_path / "results"), *words])
        with pytest.raises(SystemExit) as ended:
            main()
        return str(ended.value)

    one = ["--recipe", str(tiny_recipe), "--corpus", str(tables["emodb"])]
    assert "Expected corpora to train on and others to test, without the same people in both; got emodb" in told(*one)
    assert "Expected --tested among emodb; got urdu. Add its --corpus." in told(*one, "--tested", "urdu")
    assert "Expected kept figures in" in told()
    both = ["--recipe", str(tiny_recipe), "--corpus", str(tables["ravdess"]), "--corpus", str(tables["ravdess-song"])]
    assert "Expected corpora to train on" in told(*both)  # the same people speak and sing


def test_the_mean_over_seeds_is_that_of_all_their_answers():
    def cell(seed, hits):
        counts = {name: [[hit, 4 - hit], [1, 3]] for name, hit in zip("ab", hits, strict=True)}
        total = sum(np.array(one) for one in counts.values())
        part = {"counts": counts, "uar_present": uar(total)}
        return {
            "seed": seed, "table": SHIPS, "corpus": "emodb", "present": ["neutral", "sad"], "unadapted": part,
            "adapted": {**part, "few_speakers": 0}, "adapted_in_one_emotion": part,
        }  # fmt: skip

    (row,) = rows([cell(1, (4, 2)), cell(0, (3, 1))], SHIPS)
    each = [one["unadapted"]["uar_present"] for one in row.cells]
    assert [one["seed"] for one in row.cells] == [0, 1]
    assert row.unadapted.estimate == pytest.approx(np.mean(each))
    assert row.mean("unadapted", "uar_present") == pytest.approx(np.mean(each))
    assert row.unadapted.low < row.unadapted.estimate < row.unadapted.high
    alone = cell(0, (3, 1))
    alone["unadapted"]["counts"].pop("b")
    (row,) = rows([alone], SHIPS)
    assert interval_text(row.unadapted) == f"**{100 * row.unadapted.estimate:.1f}**"
