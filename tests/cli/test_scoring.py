"""Scoring a finished model: what is refused before hours of work, and a file that says what was printed."""

import io
import json
import re

import pytest
import rich.console

from ser_core.checkpoints.folder import read_card
from ser_core.cli.scoring import KIND, VERSION, score
from ser_core.errors import ConfigError, CorpusError
from ser_core.inference import Reader


@pytest.fixture
def console():
    return rich.console.Console(file=io.StringIO(), width=10_000)


def asked(out, console, **changed):
    settings = {"checkpoint": "demo", "corpora": ["demo"], "mapping": {}, "overwrite": False}
    return settings | {"out": out, "console": console} | changed


def test_a_corpus_named_twice_is_refused(tmp_path, console):
    with pytest.raises(ConfigError, match="Expected each --corpus once; got demo twice"):
        score(**asked(tmp_path / "scores.json", console, corpora=["demo", "demo"]))
    assert not (tmp_path / "scores.json").exists()


def test_an_earlier_file_is_kept_unless_it_may_be_overwritten(tmp_path, console):
    out = tmp_path / "scores.json"
    out.write_text("mine")
    with pytest.raises(ConfigError, match="scores.json"):
        score(**asked(out, console))
    assert out.read_text() == "mine"


def test_a_corpus_that_cannot_be_opened_is_refused_before_another_is_scored(
    tmp_path, console, tiny_checkpoint, tiny_corpus
):
    corpora = [str(tiny_corpus), f"ravdess:{tmp_path / 'nowhere'}"]
    with pytest.raises(CorpusError, match="nowhere"):
        score(**asked(tmp_path / "scores.json", console, checkpoint=str(tiny_checkpoint), corpora=corpora))
    assert console.file.getvalue() == ""
    assert not (tmp_path / "scores.json").exists()


def test_the_file_names_the_model_and_holds_the_figures_that_are_printed(
    tmp_path, console, tiny_checkpoint, tiny_corpus
):
    out = tmp_path / "scores.json"
    score(**asked(out, console, checkpoint=str(tiny_checkpoint), corpora=[str(tiny_corpus)]))
    content = json.loads(out.read_text())
    card = read_card(tiny_checkpoint)
    assert (content["version"], content["kind"]) == (VERSION, KIND)
    assert (content["checkpoint"], content["back_end"]) == (card.name, card.back_end)
    assert content["checkpoint_digest"] == Reader.load(str(tiny_checkpoint)).checkpoint.digest
    assert content["environment"]["device"] == "cpu"
    (found,), (elsewhere,) = content["corpora"], content["elsewhere"]
    printed = re.search(r"(\d+) utterances by (\d+) speakers?, (\d+) left out.*UA ([\d.]+) %", console.file.getvalue())
    assert printed is not None
    overall = found["overall"]
    assert printed.groups() == (
        str(overall["utterances"]), str(overall["speakers"]), str(found["left_out"]), f"{100 * overall['uar']:.1f}",
    )  # fmt: skip
    assert overall["utterances"] + found["left_out"] == 36  # those of the training are counted, not scored
    assert elsewhere["corpus"] == found["corpus"]
