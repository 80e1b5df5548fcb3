"""The scores on heard and unheard speakers ship whole, and those of papers' networks are the kept ones."""

from pathlib import Path

import pytest

from benchmarks.who_is_in_the_test_set import PAPERS, kept
from ser_core.corpora.protocols import PROTOCOLS
from ser_core.errors import ConfigError
from ser_core.lessons.test_sets import read_test_sets


def test_what_ships_is_what_reproduce_has_kept_and_a_measurement_of_several_seeds():
    content = read_test_sets()
    assert content.scores[: len(PAPERS)] == tuple(kept(corpus, name) for corpus, name in PAPERS)
    measured = content.scores[-1]
    assert len(measured.heard) == len(measured.unheard) >= 5
    assert measured.emotions == 6


def test_every_score_says_by_which_protocols_speakers_were_heard_or_not():
    for one in read_test_sets().scores:
        assert {one.heard_protocol, one.unheard_protocol} <= set(PROTOCOLS)
        assert (one.heard_protocol, one.unheard_protocol) == ("random-5-fold", "speaker-k-fold")
        assert all(one.chance < value < 1 for value in (*one.heard, *one.unheard))


def test_a_file_that_is_missing_or_damaged_is_refused(tmp_path: Path):
    path = tmp_path / "test_sets.json"
    for content in (None, "[]", '{"version": 1}'):
        if content is not None:
            path.write_text(content)
        with pytest.raises(ConfigError, match="^Expected "):
            read_test_sets(path)
