"""A run that was stopped went on without a word although a recording had other sound by then."""

import itertools
import json
import os
import shutil

import pytest
import soundfile

from ser_core.cli import main
from ser_core.corpora import open_corpus
from ser_core.corpora.contents import CONTENTS, content_digests, require_same_contents, write_contents
from ser_core.errors import CorpusError
from ser_core.experiments import evaluation, sweep_run
from ser_core.experiments.evaluation import evaluate
from ser_core.experiments.sweep import Sweep, SweepAxis
from ser_core.experiments.sweep_run import run_sweep
from ser_core.recipes import load_recipe
from ser_core.training.plan import make_plan, read_plan
from ser_core.training.run import train_run
from tests.conftest import tiny_voice


@pytest.fixture
def corpus(tiny_corpus, tmp_path):
    """A copy of the tiny corpus that a test may change."""
    return shutil.copytree(tiny_corpus.parent, tmp_path / "corpus") / tiny_corpus.name


def replace_sound(path, random, pitch=150):
    soundfile.write(path, tiny_voice(pitch, 3.0, random), 16_000)


def append_a_byte(path, random):
    path.write_bytes(path.read_bytes() + b"\0")


def keep_the_old_date(path, random):
    moment = path.stat().st_mtime_ns
    replace_sound(path, random)
    os.utime(path, ns=(moment, moment))


def lead_elsewhere(path, random):
    other = path.with_name("m1_angry0.wav")
    path.unlink()
    path.symlink_to(other)


@pytest.fixture
def stopped_run(corpus, tiny_recipe, tmp_path, workspace):
    """The folder of a run that was stopped after its first epoch."""
    run = tmp_path / "run"
    plan = make_plan(corpus=str(corpus), recipe=tiny_recipe, protocol="held-out-speakers", fold=1, seed=0)

    def stop(event):
        if event.kind == "epoch":
            (run / "stop").touch()

    assert train_run(run, plan, listener=stop) is None
    return run


def test_a_run_names_the_recording_and_goes_on_once_it_is_back(stopped_run, corpus, random, capsys):
    file = corpus.with_name("f1_sad1.wav")
    before = file.read_bytes()
    for change in (replace_sound, append_a_byte, keep_the_old_date, lead_elsewhere):
        change(file, random)
        assert main(["train", "--out", str(stopped_run), "--resume"]) == 2
        said = capsys.readouterr().err.strip().splitlines()
        assert [line for line in said if line.startswith("Expected")] == said[-1:]
        assert "was started with; f1_sad1.wav has changed since. Put it back as before, or start again" in said[-1]
        file.unlink()
        file.write_bytes(before)
    assert train_run(stopped_run, read_plan(stopped_run), resume=True) is not None


def test_only_the_first_of_many_are_named_and_the_rest_is_counted(corpus, tmp_path, random):
    manifest = open_corpus(str(corpus))
    write_contents(tmp_path, manifest)
    for name in ("f1_angry0", "f1_angry1", "f2_angry0", "f2_angry1", "m2_angry2"):
        replace_sound(corpus.with_name(f"{name}.wav"), random)
    with pytest.raises(CorpusError, match=r"f1_angry0\.wav, .* and 2 more have changed since. Put them back"):
        require_same_contents(tmp_path, manifest, what="run")


def test_a_new_date_and_a_corpus_that_has_moved_are_no_change(corpus, tmp_path):
    write_contents(tmp_path, open_corpus(str(corpus)))
    for path in corpus.parent.glob("*.wav"):
        os.utime(path, (0, 0))
    moved = corpus.parent.rename(tmp_path / "moved") / corpus.name
    require_same_contents(tmp_path, open_corpus(str(moved)), what="run")


def test_a_recording_of_many_utterances_is_read_once(corpus, tmp_path, monkeypatch):
    table = corpus.with_name("parts.csv")
    parts = [f"f1_sad0.wav,{n % 2},sad,{0.12 * n:.2f},{0.12 * n + 0.11:.2f}" for n in range(4)]
    table.write_text("\n".join(["file,speaker,emotion,start,end", *parts]) + "\n")
    manifest, opened = open_corpus(str(table)), []
    real = type(table).open
    monkeypatch.setattr(type(table), "open", lambda self, *given: opened.append(self) or real(self, *given))
    assert len(content_digests(manifest)) == len(opened) == 1


def test_a_recording_that_is_missing_is_reported_by_reading_it(stopped_run, corpus, capsys):
    corpus.with_name("f1_sad1.wav").unlink()
    assert main(["train", "--out", str(stopped_run), "--resume"]) == 2
    assert "f1_sad1.wav" in capsys.readouterr().err


def test_a_run_of_an_earlier_release_goes_on_and_is_compared_from_then_on(stopped_run, corpus, random):
    (stopped_run / CONTENTS).unlink()
    manifest = open_corpus(str(corpus))
    require_same_contents(stopped_run, manifest, what="run")
    replace_sound(corpus.with_name("f1_sad1.wav"), random)
    with pytest.raises(CorpusError, match="f1_sad1"):
        require_same_contents(stopped_run, manifest, what="run")


@pytest.mark.parametrize("damaged", ["{", "[]", "{}", '{"sha256": 3}', "null"])
def test_damaged_digests_are_refused_with_what_to_delete(corpus, tmp_path, damaged):
    (tmp_path / CONTENTS).write_text(damaged)
    with pytest.raises(CorpusError, match=r"digests of the recordings in .*; got: .* Delete .*json to go on without"):
        require_same_contents(tmp_path, open_corpus(str(corpus)), what="run")


def test_an_evaluation_and_a_sweep_are_refused_too(corpus, tiny_recipe, tmp_path, random, monkeypatch, workspace):
    asked = {"corpus": str(corpus), "workers": 1}
    quick = {"recipe": load_recipe(tiny_recipe), "protocol": "leave-one-speaker-out", "out": tmp_path / "result.json"}
    sweep = Sweep(
        name="margins", title="", summary="", source="", recipe=str(tiny_recipe), protocol="leave-one-speaker-out",
        seeds=(0,), axes=(SweepAxis("margin", "stages.1.options.margin", (0.1, 0.4)),),
    )  # fmt: skip
    # Nothing needs to be trained: the first fold is interrupted before it ends.
    for room in (evaluation, sweep_run):
        monkeypatch.setattr(room, "side_by_side", interrupted)
    evaluates = lambda: evaluate(**asked, **quick)  # noqa: E731
    sweeps = lambda: run_sweep(sweep, **asked, out=tmp_path / "sweep")  # noqa: E731
    for work, _ in itertools.product((evaluates, sweeps), range(2)):
        with pytest.raises(KeyboardInterrupt):
            work()
    replace_sound(corpus.with_name("m2_neutral2.wav"), random)
    for work, what in ((evaluates, "evaluation"), (sweeps, "sweep")):
        with pytest.raises(CorpusError, match=rf"that the {what} in .* was started with; m2_neutral2\.wav has changed"):
            work()


def interrupted(*_):
    raise KeyboardInterrupt


def test_a_run_keeps_the_digests_that_other_programs_compute(tiny_run, tiny_corpus):
    import hashlib

    kept = json.loads((tiny_run / CONTENTS).read_text())["sha256"]
    assert len(kept) == 36
    assert kept["m1_sad2.wav"] == hashlib.sha256(tiny_corpus.with_name("m1_sad2.wav").read_bytes()).hexdigest()
