"""A microphone without hardware: PulseAudio's null sink, whose monitor is the default source, and ALSA's way to it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

_DEFAULTS = "pcm.!default { type pulse }\nctl.!default { type pulse }\n"
_MODULES = (
    ("module-null-sink", "sink_name=speaker", "rate=48000", "channels=1"),
    ("module-remap-source", "master=speaker.monitor", "source_name=microphone"),
)


class VirtualMicrophone:
    """A sound server of its own, and what is spoken into its microphone.

    Attributes:
        environment: variables under which a program hears it.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700)
        (folder / "asoundrc").write_text(_DEFAULTS)
        self.environment = os.environ | {
            "XDG_RUNTIME_DIR": str(folder),
            "PULSE_RUNTIME_PATH": str(folder / "pulse"),
            "ALSA_CONFIG_PATH": f"/usr/share/alsa/alsa.conf:{folder / 'asoundrc'}",
        }
        # In the foreground, so that exactly this one is ended.
        command = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "-L", "module-native-protocol-unix"]
        self.server = subprocess.Popen(
            command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _run(self, *command: str) -> str:
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=60, check=True)
        return done.stdout.strip()

    def wait(self) -> None:
        """Wait until the server answers."""
        for _ in range(100):
            try:
                self._run("pactl", "info")
            except subprocess.CalledProcessError:
                if self.server.poll() is not None:
                    raise
                continue
            return

    def plug_in(self) -> None:
        self.modules = [self._run("pactl", "load-module", *module) for module in _MODULES]
        self._run("pactl", "set-default-sink", "speaker")
        self._run("pactl", "set-default-source", "microphone")

    def unplug(self) -> None:
        for module in reversed(self.modules):
            self._run("pactl", "unload-module", module)

    def play(self, file: Path) -> None:
        """Speak a file into it, to its end."""
        self._run("paplay", str(file))

    def end(self) -> None:
        self.server.terminate()
        self.server.wait(timeout=60)


@pytest.fixture
def virtual_microphone(tmp_path: Path) -> Iterator[VirtualMicrophone]:
    missing = [program for program in ("pulseaudio", "pactl", "paplay") if shutil.which(program) is None]
    plugins = any(Path("/usr/lib").glob("*/alsa-lib/libasound_module_pcm_pulse.so"))
    if missing or not plugins:
        pytest.skip("Expected PulseAudio and ALSA's plugin for it (pulseaudio pulseaudio-utils libasound2-plugins).")
    microphone = VirtualMicrophone(tmp_path / "sound")
    try:
        microphone.wait()
        microphone.plug_in()
        yield microphone
    finally:
        microphone.end()
