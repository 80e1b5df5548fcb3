"""The words of a verdict fit its figures."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from ser_core.inference import EmotionPrediction, Reader
from tests.pages.shown import texts
from ui.components.page_top import EXPERTS


def drawn(
    angles: dict[str, float], ranges: dict[str, float], notes: tuple[str, ...] = (), *, experts: bool = False
) -> tuple[str, str]:
    """Return the headline on a recording that is heard as angry, and what is said below it."""

    def page(reading: object, content: bytes) -> None:
        from pathlib import Path
        from types import SimpleNamespace

        from ser_core.checkpoints.listing import find
        from ui.components.verdict import draw_notes, draw_verdict
        from ui.sound import SoundReference

        entry = SimpleNamespace(path=Path(find("demo-residual")), card=SimpleNamespace(back_end="head"))
        sound = SoundReference(key="x", name="x", content=content)
        draw_verdict(reading, sound, entry)  # type: ignore[arg-type]
        draw_notes(reading, sound)  # type: ignore[arg-type]

    reading = EmotionPrediction(
        emotion="angry",
        probabilities={"sad": 0.4, "angry": 0.6},
        angles_degrees=angles,
        ranges_degrees=ranges,
        inside_range=any(angles[label] <= ranges[label] for label in angles),
        nearest_class=min(angles, key=angles.__getitem__),
        embedding=np.ones(Reader.load("demo-residual").checkpoint.directions.shape[1], np.float32),
        duration_seconds=1.0,
        notes=notes,
    )
    app = AppTest.from_function(page, args=(reading, wav()))
    app.session_state[f"remembered: {EXPERTS}"] = experts
    app.run()
    assert not app.exception
    return app.header[0].value, texts([*app.markdown, *app.caption, *app.warning])


def wav() -> bytes:
    import io

    import soundfile

    file = io.BytesIO()
    soundfile.write(file, np.full(16_000, 0.1), 16_000, format="WAV")
    return file.getvalue()


def test_an_answer_outside_its_own_range_but_inside_another_is_a_disagreement_with_both_figures():
    headline, said = drawn({"sad": 20.0, "angry": 60.0}, {"sad": 30.0, "angry": 50.0})
    assert headline == "Angry or sad"
    assert "These two disagree. By angle sad is nearer (20°, angry 60°); by probability angry is ahead" in said


def test_an_answer_that_agrees_with_the_ranges_says_how_sure_it_is_and_what_comes_next():
    headline, said = drawn({"sad": 70.0, "angry": 40.0}, {"sad": 30.0, "angry": 50.0})
    assert headline == "Probably angry"
    assert said.replace("\N{NO-BREAK SPACE}", " ").startswith("60 % sure; next comes sad with 40 %.")
    assert "disagree" not in said


def test_what_lies_outside_every_range_is_none_of_these_with_the_nearest_and_its_range():
    headline, said = drawn({"sad": 70.0, "angry": 60.0}, {"sad": 30.0, "angry": 50.0})
    assert headline == "None of these"
    assert "outside the range of every emotion" in said
    assert "The nearest is angry at 60°, whose range ends at 50°." in said


def test_notes_on_the_speech_stand_with_the_verdict():
    _, said = drawn({"sad": 70.0, "angry": 40.0}, {"sad": 30.0, "angry": 50.0}, ("Only 0.1 s of speech: too little.",))
    assert "Only 0.1 s of speech" in said


@pytest.mark.parametrize("experts", [False, True])
def test_the_back_end_and_decimals_stand_there_for_experts_alone(experts):
    _, said = drawn({"sad": 70.0, "angry": 40.0}, {"sad": 30.0, "angry": 50.0}, experts=experts)
    assert ("Chosen by the highest probability, as the model's card says." in said) is experts
    assert ("angry, 40.0° (range 50.0°)" in said) is experts
