"""The worked example of docs/extend/corpus.md runs as it stands."""

import re
from pathlib import Path

import pytest

from ser_core.errors import CorpusError

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "extend" / "corpus.md"


@pytest.fixture(scope="module")
def load():
    example = re.search(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)[1]
    namespace: dict[str, object] = {"__name__": "subesco"}
    exec(compile(example, GUIDE.name, "exec"), namespace)
    return namespace["load"]


def test_the_loader_in_the_guide_reads_its_layout(load, make_tree):
    utterance = load(make_tree(["F_02_MONIKA_S_1_NEUTRAL_5.wav"])).utterances[0]
    assert (utterance.speaker, utterance.emotion, utterance.sentence) == ("F02", "neutral", "S_1")


@pytest.mark.parametrize("name", ["hello.wav", "F_02_MONIKA_S_1_BORED_5.wav"])
def test_the_loader_in_the_guide_refuses_foreign_names(load, make_tree, name):
    with pytest.raises(CorpusError, match=name[:-4]):
        load(make_tree([name]))
