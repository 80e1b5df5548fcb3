"""What every kind of corpus promises, whichever is added later."""

import pytest

from ser_core.corpora import CORPORA
from ser_core.errors import CorpusError

KINDS = pytest.mark.parametrize("kind", list(CORPORA.values()), ids=list(CORPORA))


@KINDS
def test_it_states_its_terms_and_its_source(kind):
    assert CORPORA[kind.name] is kind
    assert kind.title
    assert kind.language
    assert len(kind.licence) > len(kind.licence_short) > 0
    assert kind.citation
    assert kind.artificial or kind.url.startswith("http")


@KINDS
def test_a_missing_and_an_empty_folder_get_advice(kind, tmp_path):
    if kind.artificial:
        pytest.importorskip("ser_core.corpora.demo")
    with pytest.raises(CorpusError, match="Expected"):
        kind.load(tmp_path / "nothing")
    with pytest.raises(CorpusError, match="Expected"):
        kind.load(tmp_path)
