"""The studio in tests: a plan, a take, and a browser's microphone that hears what a test lets it hear."""

from typing import Any

import numpy as np
from streamlit.testing.v1 import AppTest

from ser_core.errors import AudioError
from ser_core.recordings import RecordingPlan, Take
from ui.components import recorder

PLAN = RecordingPlan(("One two three four.", "Five six seven."), ("happy", "furious=angry"), order="in sequence")


class Microphone:
    """Stands in for the recorder in the browser: each answer is given once, and what was asked for is kept."""

    def __init__(self) -> None:
        self.answers: list[Any] = []
        self.drawn: list[Any] = []

    def __call__(self, shown: Any, *, key: str) -> recorder.RecorderMessage:
        """Answer as the browser does when it draws the recorder."""
        self.drawn.append(shown)
        answer = self.answers.pop() if self.answers else None
        if isinstance(answer, AudioError):
            raise answer
        if isinstance(answer, str):
            return recorder.RecorderMessage(shown.prompt, wish=answer)
        return recorder.RecorderMessage(shown.prompt, answer) if answer is not None else recorder.RecorderMessage()


def heard(app: AppTest, microphone: Microphone, answer: Any) -> AppTest:
    """Let the microphone answer once."""
    microphone.answers.append(answer)
    return app.run()


def step(app: AppTest, name: str) -> AppTest:
    """Go to a step of the studio."""
    return app.get("button_group")[0].set_value(name).run()


def spoken(*, seconds: float = 1.6, gain: float = 0.3, rate: int = 48_000) -> Take:
    """Make a take of a buzz that swells, with half a second of silence on each side."""
    time = np.arange(round(seconds * rate)) / rate
    buzz = sum(np.sin(2 * np.pi * 140 * number * time) / number for number in range(1, 9)) / 2
    pause = np.zeros(rate // 2)
    samples = np.concatenate([pause, gain * buzz * (0.3 + 0.7 * np.sin(np.pi * 3 * time) ** 2), pause])
    return Take((samples + 1e-4 * np.random.default_rng(0).standard_normal(samples.size)).astype(np.float32), rate)
