"""Utterances in the table of closest pairs can be told apart."""

import pandas as pd

from ui.views.embedding.pairs import name_of


def test_two_takes_of_one_sentence_have_different_names():
    rows = [
        pd.Series({"speaker": "voice09", "text": "Stay.", "file": f"voice09/sad_take{take}.flac"}) for take in (1, 2)
    ]
    assert [name_of(row) for row in rows] == ["voice09, sad_take1, Stay.", "voice09, sad_take2, Stay."]
    assert name_of(rows[0].drop("text")) == "voice09, sad_take1"


def test_a_speaker_whom_the_file_names_is_not_named_twice():
    row = pd.Series({"speaker": "voice09", "text": "Stay.", "file": "voice09/voice09_sad_take1.flac"})
    assert name_of(row) == "voice09_sad_take1, Stay."
