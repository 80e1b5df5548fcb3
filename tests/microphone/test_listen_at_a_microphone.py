"""``listen`` at a microphone of the system: it hears what is spoken, survives its loss, and ends by Ctrl-C."""

import json
import queue
import signal
import subprocess
import sys
import threading
import time

import numpy as np
import pytest
import soundfile

from ser_core.audio.reading import read_audio
from ser_core.corpora import open_corpus

pytestmark = pytest.mark.microphone

PATIENCE = 180.0


class Listener:
    """``python -m ser_core listen --json`` in a process of its own."""

    def __init__(self, environment, *arguments):
        self.process = subprocess.Popen(
            # What a shell starts in the background ignores Ctrl-C, and hands that down.
            ["env", "--default-signal=INT", sys.executable, "-m", "ser_core", "listen", "--json", *arguments],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.heard, self.told = queue.Queue(), queue.Queue()
        self.everything = []
        for stream, lines in ((self.process.stdout, self.heard), (self.process.stderr, self.told)):
            threading.Thread(target=self._keep, args=(stream, lines), daemon=True).start()

    def _keep(self, stream, lines):
        for line in stream:
            self.everything.append(line)
            lines.put(line)
        lines.put(None)

    def wait_for(self, lines, wanted):
        """Return the first line that is wanted; fail with all that was said if it does not come."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                line = lines.get(timeout=1.0)
            except queue.Empty:
                continue
            if line is None:
                pytest.fail(f"listen ended with status {self.process.wait()}; it said:\n{''.join(self.everything)}")
            if wanted(line):
                return line
        pytest.fail(f"listen did not say it within {PATIENCE:.0f} s; it said:\n{''.join(self.everything)}")

    def end(self):
        """Press Ctrl-C; return the exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=PATIENCE)


def is_utterance(line):
    return json.loads(line)["kind"] == "utterance"


@pytest.fixture
def voice(tmp_path):
    manifest = open_corpus("demo")
    pause = np.zeros(16_000, dtype=np.float32)
    file = tmp_path / "voice.wav"
    soundfile.write(
        file, np.concatenate([pause, read_audio(manifest.path(manifest.utterances[0])).samples, pause]), 16_000
    )
    return file


def test_what_is_spoken_is_heard_before_and_after_the_microphone_was_unplugged(virtual_microphone, voice, tmp_path):
    environment = virtual_microphone.environment | {"SER_WORKSPACE": str(tmp_path / "workspace")}
    listener = Listener(environment, "--checkpoint", "demo-residual")
    try:
        listener.wait_for(listener.told, lambda line: line.startswith("Listening to "))
        virtual_microphone.play(voice)
        before = json.loads(listener.wait_for(listener.heard, is_utterance))

        other = subprocess.run(
            [sys.executable, "-m", "ser_core", "listen", "--seconds", "1"],
            env=environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert other.returncode == 2
        assert f"held by the command `listen` (process {listener.process.pid})" in other.stderr

        virtual_microphone.unplug()
        listener.wait_for(listener.told, lambda line: "it was unplugged or switched off" in line)
        virtual_microphone.plug_in()
        listener.wait_for(listener.told, lambda line: line.rstrip().endswith("is back."))
        virtual_microphone.play(voice)
        after = json.loads(listener.wait_for(listener.heard, is_utterance))

        assert listener.end() == 0
        summary = json.loads(listener.wait_for(listener.heard, lambda line: json.loads(line)["kind"] == "summary"))
    finally:
        listener.process.kill()
        listener.process.wait()
    assert after["seconds"] > before["seconds"]
    assert summary["microphone"]["losses"] == 1
    assert summary["gaps"] >= 1
    assert summary["utterances"] == 2


def is_silent_window(line):
    told = json.loads(line)
    return told["kind"] == "window" and told["state"] == "silence"


def test_ten_clips_of_held_out_voices_are_judged_as_well_as_their_recordings(virtual_microphone, tmp_path):
    manifest = open_corpus("demo")
    rows = {(row.emotion, row.speaker): manifest.path(row) for row in manifest.utterances}
    emotions = ("angry", "sad", "happy", "fearful", "neutral")
    clips = [(emotion, rows[emotion, speaker]) for speaker in ("voice09", "voice10") for emotion in emotions]
    environment = virtual_microphone.environment | {"SER_WORKSPACE": str(tmp_path / "workspace")}
    done = subprocess.run(
        [sys.executable, "-m", "ser_core", "predict", "--json", "--checkpoint", "demo-residual"]
        + [str(clip) for _, clip in clips],
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    offline = [(told["emotion"] if told["inside_range"] else "none of these") for told in json.loads(done.stdout)]

    listener = Listener(environment, "--checkpoint", "demo-residual")
    live = []
    try:
        listener.wait_for(listener.told, lambda line: line.startswith("Listening to "))
        for _, clip in clips:
            samples = read_audio(clip).samples
            silence = np.zeros(4 * 16_000, dtype=np.float32)  # longer than a window, at the next of which all is told
            soundfile.write(tmp_path / "clip.wav", np.concatenate([samples, silence]), 16_000)
            virtual_microphone.play(tmp_path / "clip.wav")
            spoken = []

            def ends_the_clip(line, spoken=spoken):
                if is_utterance(line):
                    spoken.append(json.loads(line))
                return bool(spoken) and is_silent_window(line)

            listener.wait_for(listener.heard, ends_the_clip)
            live.append(max(spoken, key=lambda told: told["duration_seconds"])["verdict"])
        assert listener.end() == 0
        summary = json.loads(listener.wait_for(listener.heard, lambda line: json.loads(line)["kind"] == "summary"))
    finally:
        listener.process.kill()
        listener.process.wait()
    truth = [emotion for emotion, _ in clips]
    right = [sum(map(str.__eq__, truth, heard)) for heard in (live, offline)]
    assert right[0] >= right[1], (live, offline)
    assert summary["microphone"]["lost_seconds"] == 0


def test_without_a_sound_server_there_is_advice_in_place_of_a_traceback(virtual_microphone, tmp_path):
    nobody = {"PULSE_SERVER": f"unix:{tmp_path / 'nobody'}", "SER_WORKSPACE": str(tmp_path / "workspace")}
    done = subprocess.run(
        [sys.executable, "-m", "ser_core", "listen", "--seconds", "1"],
        env=virtual_microphone.environment | nobody,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 2
    assert "Expected a microphone on this computer; got none." in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
