"""``listen``: judge speech while it is spoken into this computer's microphone."""

import dataclasses
import json
import math
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import rich.console
import rich.live
import rich.text
import typer

from ser_core.cli.inputs import DEFAULT_MODEL
from ser_core.cli.messages import print_message

if TYPE_CHECKING:
    from ser_core.inference import EmotionPrediction
    from ser_core.live import LiveListener, LivePrediction
    from ser_core.live.devices import Device
    from ser_core.live.microphone import CaptureCounters

_FIELDS = ("kind", "seconds", "duration_seconds", "state", "speaking", "level_dbfs", "milliseconds")
_NOT_JUDGED = {"speech": False, "verdict": None, "probabilities": None, "angles_degrees": None}
_HEADINGS = ("number", "name", "system", "sample rate", "default")


def listen(
    *,
    device: Annotated[int | None, typer.Option(help="Number of the microphone. [default: the system's]")] = None,
    list_devices: Annotated[bool, typer.Option("--list-devices", help="List the microphones, and end.")] = False,
    checkpoint: Annotated[str, typer.Option(help="Name or folder of the model; see `checkpoints`.")] = DEFAULT_MODEL,
    voice: Annotated[str | None, typer.Option(help="Name of a voice made for this model; see `voice`.")] = None,
    seconds: Annotated[float | None, typer.Option(min=0.1, help="End after so long. [default: at Ctrl-C]")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON lines on standard output.")] = False,
) -> None:
    """Judge speech while it is spoken: a line per second, one per utterance, and the counters at the end."""
    from ser_core.live.devices import microphones

    if list_devices:
        _list(microphones(), as_json=as_json)
        return

    from ser_core.inference import Reader
    from ser_core.live import LiveListener
    from ser_core.live.following import follow
    from ser_core.live.microphone import Microphone
    from ser_core.models.running import run_on_one_thread

    run_on_one_thread()
    listener = LiveListener(Reader.load(checkpoint, voice=voice))
    labels = listener.reader.labels
    with (
        Microphone(device, owner="the command `listen`") as microphone,
        _Terminal(labels, as_json=as_json) as terminal,
    ):
        whose = "" if voice is None else f", for the voice {voice}"
        terminal.notify(f"Listening to {microphone.device.name} with {checkpoint}{whose}. Ctrl-C ends.")
        end = math.inf if seconds is None else time.monotonic() + seconds
        try:
            for predictions in follow(microphone, listener, notify=terminal.notify):
                terminal.show(predictions)
                if time.monotonic() >= end:
                    break
        except KeyboardInterrupt:  # the ordinary end
            pass
        terminal.show(listener.finish())
        terminal.summarise(listener, microphone.counters)


def _list(devices: "Sequence[Device]", *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps([dataclasses.asdict(device) for device in devices], indent=2))
        return
    if not devices:
        typer.echo("No microphone found.", err=True)
        return
    typer.echo("\t".join(_HEADINGS))
    for device in devices:
        default = "default" if device.is_default else ""
        typer.echo("\t".join([str(device.number), device.name, device.system, f"{device.sample_rate} Hz", default]))


class _Terminal:
    """Prints predictions: a changing line in a terminal, a line per second elsewhere, or one JSON object per line."""

    def __init__(self, labels: Sequence[str], *, as_json: bool) -> None:
        self.labels = labels
        self.as_json = as_json
        self.console = rich.console.Console()
        self.live = rich.live.Live(console=self.console, refresh_per_second=5, transient=True)
        self.is_live = self.console.is_terminal and not as_json
        self.shown = 0  # whole seconds that have had their line

    def __enter__(self) -> "_Terminal":
        if self.is_live:
            self.live.start()
        return self

    def __exit__(self, *details: object) -> None:
        self.live.stop()

    def notify(self, message: str) -> None:
        """Print a message that is not a result."""
        if self.is_live:
            self._print(message)
        else:
            typer.echo(message, err=True)

    def show(self, predictions: "Sequence[LivePrediction]") -> None:
        for prediction in predictions:
            is_new_second = prediction.seconds >= self.shown + 1
            if prediction.kind == "utterance":
                self._result(_utterance_line(prediction, self.labels), prediction)
            elif self.is_live:
                self.live.update(rich.text.Text(_window_line(prediction, self.labels)))
            elif is_new_second:
                self.shown = int(prediction.seconds)
                self._result(_window_line(prediction, self.labels), prediction)

    def summarise(self, listener: "LiveListener", captured: "CaptureCounters") -> None:
        """Print the reading of the whole stream, and the counters."""
        self.live.stop()
        heard, together = listener.counters, listener.summary()
        judged = _of_reading(together)
        if self.as_json:
            counted = {"kind": "summary", **judged, **dataclasses.asdict(heard)}
            typer.echo(json.dumps({**counted, "microphone": dataclasses.asdict(captured)}, allow_nan=False))
            return
        self._print(f"Everything together: {'nothing to judge' if together is None else _words(judged)}")
        self._print(
            f"Heard {heard.seconds:.1f} s: {heard.windows} windows, {heard.judged} of them judged, {heard.skipped} "
            f"skipped; {heard.utterances} utterances. A window took {heard.milliseconds_mean:.1f} ms, the slowest "
            f"{heard.milliseconds_slowest:.1f} ms."
        )
        self._print(
            f"Microphone: {captured.overruns} overruns, {heard.lost_seconds:.1f} s lost in {heard.gaps} gaps, "
            f"{captured.losses} times away."
        )

    def _result(self, line: str, prediction: "LivePrediction") -> None:
        if self.as_json:
            fields = {name: getattr(prediction, name) for name in _FIELDS}
            typer.echo(json.dumps({**fields, **_of_prediction(prediction, self.labels)}, allow_nan=False))
        else:
            self._print(line)

    def _print(self, line: str) -> None:
        if self.is_live:
            print_message(self.console, line)
        else:
            typer.echo(line)


def _window_line(prediction: "LivePrediction", labels: Sequence[str]) -> str:
    heard = prediction.state if prediction.verdict is None else _words(_of_prediction(prediction, labels))
    clipped = "  clipped: lower the level" if prediction.state == "clipped" else ""
    return f"{prediction.seconds:7.1f} s  {prediction.level_dbfs:5.0f} dBFS  {heard}{clipped}"


def _utterance_line(prediction: "LivePrediction", labels: Sequence[str]) -> str:
    words = prediction.state if prediction.verdict is None else _words(_of_prediction(prediction, labels))
    return f"{prediction.start_seconds:7.1f} s to {prediction.seconds:.1f} s, an utterance: {words}"


def _of_prediction(prediction: "LivePrediction", labels: Sequence[str]) -> dict[str, Any]:
    """Name a prediction's figures as ``predict`` does."""
    if prediction.probabilities is None or prediction.angles is None:
        return {**_NOT_JUDGED, "speech": prediction.speech}
    return {
        "speech": True,
        "verdict": prediction.verdict,
        "probabilities": dict(zip(labels, prediction.probabilities.tolist(), strict=True)),
        "angles_degrees": dict(zip(labels, prediction.angles.tolist(), strict=True)),
    }


def _of_reading(reading: "EmotionPrediction | None") -> dict[str, Any]:
    if reading is None:
        return _NOT_JUDGED
    return {
        "speech": True,
        "verdict": reading.verdict,
        "probabilities": reading.probabilities,
        "angles_degrees": reading.angles_degrees,
    }


def _words(judged: dict[str, Any]) -> str:
    likely = sorted(judged["probabilities"].items(), key=lambda item: -item[1])[:3]
    nearest, angle = min(judged["angles_degrees"].items(), key=lambda item: float(item[1]))
    shares = ", ".join(f"{label} {probability:.0%}" for label, probability in likely)
    return f"{judged['verdict']} ({shares}; nearest {nearest} {angle:.0f}°)"
