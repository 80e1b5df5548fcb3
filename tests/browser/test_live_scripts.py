"""What a live view computes in the browser, script by script: messages, sample rates, levels, and the sound's clock."""

from itertools import pairwise
from typing import TYPE_CHECKING, get_args

import numpy as np
import pytest

from ser_core.plots.style import sequential_colours
from tests.browser.modules import evaluated
from tests.contrast import contrast
from ui.themes import Theme, colour

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

LIVE = "live_microphone/browser"
STREAM = {"in_browser/shared/microphone_stream.js": "whyInsecure"}
SENDER = {f"{LIVE}/message_sender.js": "MessageSender"}
RESAMPLER = {"in_browser/audio_thread/resampler.js": "Resampler"}
SPECTRA = {f"{LIVE}/spectrum.js": "Spectra"}
METER = {f"{LIVE}/meter.js": "Meter"}
PANEL = {f"{LIVE}/class_panel.js": "verdictOf"}
KNOWN = {f"{LIVE}/known_since.js": "drawKnown"}
CLOCK = {f"{LIVE}/audio_clock.js": "AudioClock"}

ADVICE = "return whyInsecure(new URL(argument)).advice;"


def test_advice_for_a_page_behind_a_proxy_keeps_the_path_of_the_app(modules: "Page") -> None:
    advice = evaluated(modules, STREAM, ADVICE, "http://lab.example.org/speech/live")
    assert "ssh -L 8501:localhost:80 lab.example.org, and open http://localhost:8501/speech/live here" in advice
    assert "--server.allowedHosts lab.example.org --server.baseUrlPath speech --server.sslCertFile" in advice
    assert "open https://lab.example.org/speech/live." in advice
    advice = evaluated(modules, STREAM, ADVICE, "http://192.168.1.5:8501/")
    assert "open http://localhost:8501/." in advice
    assert "baseUrlPath" not in advice


OVERTAKEN = """
  let now = 0;
  performance.now = () => now;
  const sent = [];
  const sender = new MessageSender(message => sent.push([now, message.number, message.blocks.length]));
  sender.begin('mine');
  sender.hear(new Float32Array(3200), 0);
  sender.overtaken();
  for (now = 200; now <= 2000; now += 200) sender.tick(false);
  delete performance.now; // the browser's own again
  return sent;"""


def test_a_message_that_a_run_of_the_page_has_swept_away_is_soon_sent_anew(modules: "Page") -> None:
    assert evaluated(modules, SENDER, OVERTAKEN) == [[0, 1, 1], [400, 2, 1]]


SILENT_SERVER = """
  const sender = new MessageSender(() => {});
  sender.begin('mine');
  for (let heard = 0; heard < argument * 5; heard++) sender.hear(new Float32Array(3200), 0);
  return [sender.waiting[0].number, sender.waiting.length];"""


def test_sound_is_kept_for_a_minute_for_a_server_that_does_not_answer(modules: "Page") -> None:
    assert evaluated(modules, SENDER, SILENT_SERVER, 60) == [0, 300]
    assert evaluated(modules, SENDER, SILENT_SERVER, 61) == [5, 300]


LEVELS = """
  const place = document.createElement('div');
  place.innerHTML = '<span role="meter"></span><span class="reads"></span>';
  const meter = new Meter(place);
  const words = [];
  for (const value of argument) {
    for (let step = 0; step < 10; step++) meter.hear(new Float32Array(320).fill(value));
    meter.draw();
    words.push(place.querySelector('.reads').textContent);
  }
  return words;"""


def test_the_meter_names_the_level_or_that_there_is_no_sound_and_never_calls_silence_clipped(modules: "Page") -> None:
    assert evaluated(modules, METER, LEVELS, [0, 0.1, 1, 0]) == [
        "no sound",
        "-20 dB",
        "0 dB, clipped",
        "clipped just now",
    ]


RESAMPLED = """
  const [rate, hertz] = argument;
  const resampler = new Resampler(rate, 16000);
  const out = [];
  const samples = Float32Array.from({ length: rate }, (_, n) => Math.sin((2 * Math.PI * hertz * n) / rate));
  for (let at = 0; at < rate; at += 128) resampler.take(samples.subarray(at, at + 128), sample => out.push(sample));
  return out;"""


@pytest.mark.parametrize("rate", [8_000, 44_100, 48_000, 96_000])
def test_every_rate_of_a_sound_card_becomes_16_khz_without_a_seam(modules: "Page", rate: int) -> None:
    heard = np.array(evaluated(modules, RESAMPLER, RESAMPLED, [rate, 1000]))
    wanted = np.sin(2 * np.pi * 1000 * np.arange(len(heard)) / 16_000)
    assert len(heard) == pytest.approx(16_000, abs=130)
    assert np.abs(heard - wanted)[200:].max() < 1e-3
    if rate > 16_000:
        folded = np.array(evaluated(modules, RESAMPLER, RESAMPLED, [rate, 9500]))
        assert np.abs(folded[200:]).max() < 1e-3, "what lies above 8 kHz is taken out, not folded back"


def test_a_full_sine_is_0_db_in_its_own_bin_of_the_spectrogram(modules: "Page") -> None:
    levels = evaluated(
        modules,
        SPECTRA,
        """
          const spectra = new Spectra();
          spectra.hear(Float32Array.from({ length: 16000 }, (_, n) => Math.sin((2 * Math.PI * 1000 * n) / 16000)));
          const levels = [...spectra.levels.subarray(spectra.placeOf(50), spectra.placeOf(51))];
          return { columns: spectra.columns, decibels: levels.map(level => level / 2 - 127.5) };""",
    )
    decibels = np.array(levels["decibels"])
    assert levels["columns"] == (16_000 - 256) // 160 + 1
    assert (int(decibels.argmax()), decibels.max()) == (1000 * 512 // 16_000, pytest.approx(0, abs=0.5))
    assert decibels[100:].max() < -80


def test_sound_that_a_busy_browser_lost_is_counted_and_the_delay_is_told_all_the_same(modules: "Page") -> None:
    # Half an hour of messages every 20 ms that come 2 to 40 ms late, by a sound card whose clock is 0.01 % slow;
    # after ten minutes the audio thread stands still for 300 ms.
    told = evaluated(
        modules,
        CLOCK,
        """
          const clock = new AudioClock();
          const lost = [], wrong = [];
          for (let n = 0; n < 90000; n++) {
            const left = 20 * n * 1.0001 + (n >= 30000 ? 300 : 0);
            const found = clock.read(0.02 * n, left + 2 + 38 * Math.abs(Math.sin(7 * n)) ** 3);
            if (n % 3000 === 2999) {
              lost.push(clock.lost);
              wrong.push(Math.abs(found - left));
            }
          }
          return { lost, wrong };""",
    )
    assert max(told["lost"][:10]) < 20
    assert all(lost == pytest.approx(300, abs=60) for lost in told["lost"][10:])
    assert max(told["wrong"]) < 10


KNOWN_LINE = """
  const [ground, paper, accent] = argument;
  const pen = new OffscreenCanvas(40, 100).getContext('2d');
  pen.fillStyle = ground;
  pen.fillRect(0, 0, 40, 100);
  const picture = { x: 0, y: 0, width: 40, height: 60 }, chances = { x: 0, y: 70, width: 40, height: 30 };
  drawKnown(pen, 20, { picture, chances }, { accent, paper, text: paper });
  const row = pen.getImageData(0, 50, 40, 1).data;
  const hexadecimal = part => row[part].toString(16).padStart(2, '0');
  return Array.from({ length: 40 }, (_, x) => `#${[0, 1, 2].map(part => hexadecimal(4 * x + part)).join('')}`);"""


@pytest.mark.parametrize("theme", get_args(Theme))
def test_the_line_from_which_on_a_voice_is_known_is_seen_on_every_colour_of_the_spectrogram(
    modules: "Page", theme: Theme
) -> None:
    paper, accent = colour(theme, "backgroundColor"), colour(theme, "primaryColor")
    for ground in sequential_colours(9):
        row = evaluated(modules, KNOWN, KNOWN_LINE, [ground, paper, accent])
        steps = {(one, other) for one, other in pairwise(row) if one != other}
        assert max(contrast(one, other) for one, other in steps) >= 3, ground
        assert row.count(accent.lower()) >= 2, "the line itself"


TOLD = """
  const classes = ['sad', 'boredom', 'disgust'].map(name => ({ name, range: 90 }));
  return argument.map(judged => verdictOf(judged, { classes }).sentence);"""


def test_an_answer_that_the_dial_or_the_curves_contradict_names_the_other_emotion(modules: "Page") -> None:
    sad = "66° from sad; 90 % of sad speech lies within 90°."
    told = evaluated(
        modules,
        PANEL,
        TOLD,
        [
            {"verdict": "sad", "angles": [66, 59, 80], "probabilities": [0.5, 0.3, 0.2]},
            {"verdict": "sad", "angles": [66, 70, 80], "probabilities": [0.3, 0.5, 0.2]},
            {"verdict": "sad", "angles": [66, 70, 80], "probabilities": [0.5, 0.3, 0.2]},
        ],
    )
    assert told == [
        f"{sad} Boredom is nearer, 59°, but less probable.",
        f"{sad} Boredom is more probable, 50 %, but farther off.",
        sad,
    ]
