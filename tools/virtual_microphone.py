"""A microphone without hardware: PulseAudio's null sink, whose monitor is the default source, and ALSA's way to it."""

import contextlib
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

_DEFAULTS = "pcm.!default { type pulse }\nctl.!default { type pulse }\n"
_MODULES = (
    ("module-null-sink", "sink_name=speaker", "rate=48000", "channels=1"),
    ("module-remap-source", "master=speaker.monitor", "source_name=microphone"),
)
_SECONDS = 180  # a busy computer needs them


def missing() -> str:
    """Say what a virtual microphone needs and this computer does not have; empty where all is there."""
    programs = all(shutil.which(program) for program in ("pulseaudio", "pactl", "paplay"))
    plugins = any(Path("/usr/lib").glob("*/alsa-lib/libasound_module_pcm_pulse.so"))
    if programs and plugins:
        return ""
    return "Expected PulseAudio and ALSA's plugin for it (pulseaudio pulseaudio-utils libasound2-plugins)."


@contextlib.contextmanager
def plugged_in(folder: Path) -> "Iterator[VirtualMicrophone]":
    """Start a sound server of its own, whose microphone is plugged in; end it at the end.

    Args:
        folder: a new one, where the server keeps its files.
    """
    microphone = VirtualMicrophone(folder)
    try:
        microphone.wait()
        microphone.plug_in()
        yield microphone
    finally:
        microphone.end()


class VirtualMicrophone:
    """A sound server of its own, and what is spoken into its microphone.

    Attributes:
        variables: of the environment under which a program hears it.
    """

    def __init__(self, folder: Path) -> None:
        """Start the server."""
        folder.mkdir(mode=0o700)
        (folder / "asoundrc").write_text(_DEFAULTS)
        self.variables = {
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
        self._modules: list[str] = []

    @property
    def environment(self) -> dict[str, str]:
        """A whole environment with its variables."""
        return os.environ | self.variables

    def _run(self, *command: str) -> str:
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=_SECONDS, check=True
        )
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
        """Give the computer this microphone, as its default one."""
        self._modules = [self._run("pactl", "load-module", *module) for module in _MODULES]
        self._run("pactl", "set-default-sink", "speaker")
        self._run("pactl", "set-default-source", "microphone")

    def unplug(self) -> None:
        """Take it away, whoever hears it."""
        for module in reversed(self._modules):
            self._run("pactl", "unload-module", module)

    @contextlib.contextmanager
    def unplugged(self) -> Iterator[None]:
        """Take it away meanwhile."""
        self.unplug()
        try:
            yield
        finally:
            self.plug_in()

    def play(self, file: Path) -> None:
        """Speak a file into it, to its end."""
        self._run("paplay", str(file))

    @contextlib.contextmanager
    def speaking(self, file: Path) -> Iterator[None]:
        """Speak a file into it over and over, with pauses in which it is not plugged in."""
        ended = threading.Event()

        def speak() -> None:
            while not ended.is_set():
                try:
                    self.play(file)
                except subprocess.CalledProcessError:
                    ended.wait(0.2)

        speaker = threading.Thread(target=speak)
        speaker.start()
        try:
            yield
        finally:
            ended.set()
            speaker.join()

    def end(self) -> None:
        """End the server."""
        self.server.terminate()
        self.server.wait(timeout=_SECONDS)
