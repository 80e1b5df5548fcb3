"""The words of a verdict fit its figures."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from ser_core.inference import EmotionPrediction


def drawn(angles: dict[str, float], ranges: dict[str, float], notes: tuple[str, ...] = ()) -> str:
    """Return the warnings of the verdict on a recording that is heard as angry."""

    def page(reading: object, content: bytes) -> None:
        from types import SimpleNamespace

        from ui.components.verdict import draw_verdict
        from ui.sound import SoundReference

        card = SimpleNamespace(back_end="head", reliability=None)
        draw_verdict(reading, SoundReference(key="x", name="x", content=content), card)  # type: ignore[arg-type]

    reading = EmotionPrediction(
        emotion="angry",
        probabilities={"sad": 0.4, "angry": 0.6},
        angles_degrees=angles,
        ranges_degrees=ranges,
        inside_range=any(angles[label] <= ranges[label] for label in angles),
        nearest_class=min(angles, key=angles.__getitem__),
        embedding=np.zeros(2),
        duration_seconds=1.0,
        notes=notes,
    )
    app = AppTest.from_function(page, args=(reading, wav())).run()
    assert not app.exception
    return " ".join(one.value.replace("\\", "") for one in app.warning)


def wav() -> bytes:
    import io

    import soundfile

    file = io.BytesIO()
    soundfile.write(file, np.full(16_000, 0.1), 16_000, format="WAV")
    return file.getvalue()


def test_an_answer_outside_its_own_range_but_inside_another_is_called_uncertain():
    said = drawn({"sad": 20.0, "angry": 60.0}, {"sad": 30.0, "angry": 50.0})
    assert "the answer is angry" in said
    assert "at 60°, outside that emotion's range, which ends at 50°, and inside that of sad" in said


@pytest.mark.parametrize(
    ("angry", "expected"), [(40.0, ""), (60.0, "None of these")], ids=["inside its range", "outside every range"]
)
def test_an_answer_that_agrees_with_the_ranges_needs_no_such_sentence(angry, expected):
    said = drawn({"sad": 70.0, "angry": angry}, {"sad": 30.0, "angry": 50.0})
    assert "disagree" not in said
    assert said.startswith(expected)
    assert bool(said) == bool(expected)


def test_notes_on_the_speech_stand_with_the_verdict():
    assert "Only 0.1 s of speech" in drawn(
        {"sad": 70.0, "angry": 40.0}, {"sad": 30.0, "angry": 50.0}, ("Only 0.1 s of speech: too little.",)
    )


def test_beside_none_of_these_stands_that_nobody_measured_how_often_that_happens():
    said = drawn({"sad": 70.0, "angry": 60.0}, {"sad": 30.0, "angry": 50.0})
    assert said.endswith("How often that happens with speakers it has not heard was not measured.")
