"""Terms of the glossary explain themselves on every page where they stand in running text."""

import html
import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from ui.components.glossary import EXPLANATIONS

TERM = re.compile(r'<button type="button" class="term" aria-description="([^"]*)">([^<]+)</button>')
PAGES = {
    "home": {"embedding"},
    "listen": {"angles", "range", "intensity", "Spectrogram", "pitch", "utterances"},
    "train": {"run", "space", "softmax", "triplet", "epochs"},
    "embedding_space": {"Map of the embedding", "utterances", "angle", "directions"},
    "compare": {"training"},
    "geometry_audit": {"Angles", "directions", "Cosines"},
    "two_spaces": {"PCA", "vectors", "epoch"},
    "watch_a_space_form": {"network", "direction", "angle", "Softmax", "epochs", "triplets", "seeds", "interval"},
    "who_is_in_the_test_set": {"epochs", "seeds", "network", "mean recall", "corpora", "split", "not stated"},
    "a_strangers_voice": {"angle", "utterances", "model", "embedding", "Transductive"},
    "what_a_frame_is": {"frame", "spectrum", "spectrogram", "harmonics"},
}


@pytest.mark.parametrize(("page", "terms"), PAGES.items(), ids=PAGES)
def test_the_terms_of_a_page_are_explained_by_the_glossary(
    opened: Callable[[str], AppTest], page: str, terms: set[str]
) -> None:
    app = opened(page)
    assert not app.exception
    written = " ".join(one.value for one in [*app.markdown, *app.caption])
    found = TERM.findall(written)
    assert terms <= {shown for _, shown in found}
    assert {html.unescape(told) for told, _ in found} <= set(EXPLANATIONS.values())
    assert "[[" not in written
    assert written.count("<button") == len(found)
