"""What cannot work is refused in one line before anything is read or trained."""

import pytest

from ser_core.cli import main


@pytest.fixture(autouse=True)
def nothing_is_trained(monkeypatch):
    def fail(*_, **__):
        pytest.fail("audio was read")

    for room in ("experiments.evaluation", "experiments.sweep_run", "experiments.folds", "training.run"):
        monkeypatch.setattr(f"ser_core.{room}.load_examples", fail)


@pytest.fixture
def refusal(tiny_corpus, tmp_path, workspace, capsys):
    """Return a function that evaluates or trains, and gives what was said."""

    def refused(*arguments: str, corpus=tiny_corpus, protocol="leave-one-speaker-out", command="evaluate") -> str:
        out = tmp_path / ("result.json" if command == "evaluate" else "run")
        given = [command, "--corpus", str(corpus), "--protocol", protocol, "--out", str(out), *arguments]
        assert main(given) == 2
        assert not out.exists()
        said = capsys.readouterr().err.strip()
        assert "\n" not in said
        return said

    return refused


BOTH = pytest.mark.parametrize("command", ["evaluate", "train"])


@BOTH
def test_a_margin_below_zero(refusal, tiny_recipe, command):
    said = refusal("--recipe", str(tiny_recipe), "--set", "stages.1.options.margin=-0.1", command=command)
    assert "margin" in said
    assert "-0.1" in said


@BOTH
@pytest.mark.parametrize("weight", ["1.5", "-0.1"])
@pytest.mark.parametrize("recipe", ["lian-2018-pdt", "dai-2019-mel"])
def test_a_lambda_outside_zero_to_one(refusal, command, recipe, weight):
    said = refusal("--recipe", recipe, "--set", f"stages.0.options.weight={weight}", command=command)
    assert weight in said
    assert "in [0, 1]" in said


@BOTH
def test_batches_larger_than_the_corpus_allows(refusal, tiny_recipe, command):
    said = refusal("--recipe", str(tiny_recipe), "--set", "stages.1.utterances_per_class=100", command=command)
    assert "Lower classes_per_batch or utterances_per_class" in said
    said = refusal("--recipe", str(tiny_recipe), "--set", "stages.1.classes_per_batch=50", command=command)
    assert "got 50 x 2" in said


@BOTH
@pytest.mark.parametrize("protocol", ["leave-one-speaker-out", "random-70-30"])
def test_a_class_with_one_utterance(refusal, tiny_recipe, tiny_corpus, command, protocol):
    lines = tiny_corpus.read_text(encoding="utf-8").splitlines()
    emotion = lines[0].split(",").index("emotion")
    alone = lines[1].split(",")
    alone[emotion] = "boredom"
    corpus = tiny_corpus.with_name("alone.csv")
    corpus.write_text("\n".join([lines[0], ",".join(alone), *lines[2:]]) + "\n", encoding="utf-8")
    said = refusal("--recipe", str(tiny_recipe), corpus=corpus, command=command, protocol=protocol)
    assert "boredom" in said
    assert "eave that emotion out" in said


@BOTH
@pytest.mark.parametrize("protocol", ["sessions-1-3-4-5", "leave-one-session-out"])
def test_missing_sessions(refusal, tiny_recipe, command, protocol):
    said = refusal("--recipe", str(tiny_recipe), protocol=protocol, command=command)
    assert "session" in said


@pytest.mark.parametrize("command", ["evaluate", "train", "sweep"])
@pytest.mark.parametrize("place", ["taken/result.json", "n" * 300])
def test_a_place_where_nothing_can_be_written(command, place, tiny_corpus, tiny_recipe, tmp_path, workspace, capsys):
    (tmp_path / "taken").write_text("a file")
    given = [command, "dai-alpha"] if command == "sweep" else [command, "--recipe", str(tiny_recipe)]
    given += ["--corpus", str(tiny_corpus), "--protocol", "leave-one-speaker-out", "--out", str(tmp_path / place)]
    assert main(given) == 2
    said = capsys.readouterr().err.strip().splitlines()
    assert len(said) == 1
    assert str(tmp_path / "taken") in said[0] or "too long" in said[0]
