"""``--map``: pairs, and the names of whole mappings that a corpus has."""

import pytest

from ser_core.cli.mapping import mapping_of
from ser_core.corpora import MAPPINGS
from ser_core.errors import ConfigError


def test_pairs_are_read_as_they_stand():
    assert mapping_of(["excited=happy", " calm = drop "]) == {"excited": "happy", "calm": "drop"}
    assert mapping_of(None) == {}


def test_a_named_mapping_stands_for_its_pairs_and_can_be_added_to():
    assert mapping_of(["iemocap-4"]) == dict(MAPPINGS["iemocap-4"])
    assert mapping_of(["iemocap-4", "sad=drop"]) == {**MAPPINGS["iemocap-4"], "sad": "drop"}


@pytest.mark.parametrize(
    "pairs", [["sad"], ["=sad"], ["sad="], ["sad=calm", "sad=drop"], ["iemocap-4", "excited=drop"]]
)
def test_half_a_pair_and_an_emotion_mapped_twice_are_refused_with_the_names(pairs):
    with pytest.raises(ConfigError, match=r"one emotion=emotion for each emotion.*excited=happy.*iemocap-4"):
        mapping_of(pairs)
