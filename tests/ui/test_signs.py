"""Signs that stand on several pages have one meaning each."""

import re
from pathlib import Path

from ser_core.inference import NONE_OF_THESE
from ser_core.recipes.published import NOT_STATED
from ser_core.reproduction.report import VERDICT_SIGNS
from ser_core.reproduction.verdicts import FAILS, HOLDS, NOT_SEEN, NOT_TESTABLE, SMALLER
from ui import components
from ui.components.glossary import explanation

SCRIPTS = [file for file in Path(components.__file__).parent.rglob("*.js") if file.name != "bundle.js"]


def test_a_question_mark_is_written_where_a_source_does_not_state_something_and_nowhere_else():
    written = {file.name for file in SCRIPTS if re.search(r"""['"`]\?['"`]""", file.read_text(encoding="utf-8"))}
    assert written == {"scores.js"}  # of the lesson on test sets, beside the words
    assert NOT_STATED in next(file for file in SCRIPTS if file.name == "scores.js").read_text(encoding="utf-8")
    assert explanation(NOT_STATED).endswith("heard in training.")


def test_none_of_these_is_hatched_on_maps_beside_words_and_in_lanes():
    sign = re.compile(r"hatched|markNone\(|nonePicture\(")
    drawn = {file.parts[-3] for file in SCRIPTS if sign.search(file.read_text(encoding="utf-8"))}
    assert {"live_microphone", "track_view"} <= drawn
    readings = next(file for file in SCRIPTS if file.name == "readings.js").read_text(encoding="utf-8")
    assert f"'{NONE_OF_THESE}'" in readings


def test_every_verdict_on_a_claim_has_a_sign_of_its_own_and_none_is_a_question_mark():
    assert set(VERDICT_SIGNS) == {HOLDS, SMALLER, FAILS, NOT_SEEN, NOT_TESTABLE}
    signs = list(VERDICT_SIGNS.values())
    assert len(set(signs)) == len(signs)
    assert "?" not in signs
