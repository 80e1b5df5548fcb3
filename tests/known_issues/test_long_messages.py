"""A cell of ten thousand letters, or the names of two hundred classes, filled the screen with one message."""

import numpy as np
import pandas as pd
import pytest

from ser_core.cli import main
from ser_core.config import lookup
from ser_core.corpora import open_corpus
from ser_core.embeddings.opening import open_space
from ser_core.errors import ConfigError, CorpusError, EmbeddingError, SerError, shortened

LONG = "x" * 10_000


@pytest.mark.parametrize(
    "middle", [LONG, "class, " * 200, f"{LONG} " * 3, "\n".join([LONG] * 50), "a/" * 5000, "一" * 10_000]
)
def test_a_long_message_keeps_what_was_expected_and_what_to_do(middle):
    text = str(SerError(f"Expected a name of a class; got {middle}. Shorten it and try again."))
    assert len(text) <= 620
    assert text.startswith("Expected a name of a class; got ")
    assert text.endswith("Shorten it and try again.")


@pytest.mark.parametrize("text", ["", "short", "Expected a; got b. Do c.", "word " * 100])
def test_a_message_of_readable_length_stays(text):
    assert shortened(text) == text


def test_two_hundred_names_are_not_all_listed():
    with pytest.raises(ConfigError) as caught:
        lookup("class", "gone", dict.fromkeys(f"class number {number}" for number in range(200)))
    assert len(str(caught.value)) < 620
    assert "got 'gone'" in str(caught.value)


def test_a_long_cell_of_a_list_is_cut(tiny_corpus):
    path = tiny_corpus.parent / "long.csv"
    path.write_text(f"file,speaker,emotion\na.wav,s,{LONG}\n", encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        open_corpus(str(path))
    assert len(str(caught.value)) < 620
    path.unlink()


def test_notes_on_long_names_of_classes_are_cut_and_the_names_stay(tmp_path, random):
    names = [f"{LONG}{number}" for number in range(4)]
    table = {"file": list("abcd"), "emotion": names, "embedding": list(random.normal(size=(4, 3)).astype(np.float32))}
    pd.DataFrame(table).to_parquet(tmp_path / "a.parquet")
    space = open_space(tmp_path / "a.parquet")
    assert max(map(len, space.notes)) <= 620
    assert list(space.frame["emotion"]) == names


def test_a_long_argument_of_a_command_is_cut(capsys, tmp_path):
    with pytest.raises(EmbeddingError):
        open_space(tmp_path / f"{'y' * 200}.npy")
    assert main(["protocols", f"--{LONG}"]) == 2
    assert main(["recipes", LONG]) == 2
    assert all(len(line) < 700 for line in capsys.readouterr().err.splitlines())
