"""Listen says how excited a recording sounds, with the interval, of models that tell it, and of no others."""

import html
import re
import shutil

import numpy as np
import pytest

from ser_core.audio.signal import Signal
from ser_core.inference import Reader
from tests.conftest import tiny_voice
from tests.pages.shown import answers, box, texts
from ui.components.page_top import EXPERTS
from ui.state import key_of

MODEL = "runs/excited"


@pytest.fixture
def heard(opened, wav, tiny_arousal_run, tmp_path):
    """The page with a spoken recording, judged by a model that also tells arousal; and what that model says."""
    model = tmp_path / "workspace" / "runs" / "excited"
    shutil.copytree(tiny_arousal_run, model)
    samples = tiny_voice(150, 3.0, np.random.default_rng(0), seconds=1.5)
    app = opened("listen")
    box(app, "Model").set_value(MODEL).run()
    app.get("audio_input")[0].set_value(("rec.wav", wav(samples), "audio/wav"))
    app.run()
    assert not app.exception
    kept = (samples * 32_768).round().clip(-32_768, 32_767).astype(np.float32) / 32_768
    return app, Reader.load(model / "checkpoint").read(Signal(kept)).arousal


def scales(app):
    found = [one.proto.body for one in app.get("html")]
    return [html.unescape(body) for body in found if 'class="arousal"' in body]


def test_a_scale_from_calm_to_excited_stands_beside_the_answer_with_its_interval(heard):
    app, arousal = heard
    assert len(answers(app)) == 1
    (scale,) = scales(app)
    assert f"<b>sounds {arousal.in_words}</b>" in scale
    assert f"{arousal.value:.2f}, 90\N{NO-BREAK SPACE}% interval {arousal.low:.2f} to {arousal.high:.2f}." in scale
    left, width, at = map(float, re.findall(r"(?:left|width):([\d.]+)%", scale))
    assert left == pytest.approx(50 * (arousal.low + 1), abs=0.06)
    assert left + width == pytest.approx(50 * (arousal.high + 1), abs=0.11)
    assert at == pytest.approx(50 * (arousal.value + 1), abs=0.06)


def test_it_is_called_a_proxy_and_its_figures_are_for_experts(heard):
    app, arousal = heard
    said = texts(app.caption)
    assert "learned from a proxy, what Russell and Mehrabian (1977) tell of each played emotion" in said
    figures = f"Here {arousal.value:.2f}, 90\N{NO-BREAK SPACE}% interval"
    assert figures not in said
    app.session_state[f"remembered: {EXPERTS}"] = True
    assert figures in texts(app.run().caption)


def test_the_model_says_what_its_arousal_is(heard):
    app, _ = heard
    app.session_state[key_of("about this model")] = True
    said = texts(app.run().markdown)
    assert "was learned from a proxy: nobody rated the training speech" in said
    assert "The interval is the prediction ±" in said


def test_models_without_it_draw_no_scale(opened):
    app = opened("listen")
    box(app, "Model").set_value("ravdess-residual").run()
    assert len(answers(app)) == 1
    assert scales(app) == []
    assert "proxy" not in texts(app.caption)
