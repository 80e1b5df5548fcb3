"""Decode a recording with PyAV in a separate process: python decoding_worker.py DEMUXER count|read [PATH].

FFmpeg reads files of unknown origin: a damaged file may crash this process, but not the app. Without a path the file is
read from standard input. Standard output gets a line of JSON with ``rate, channels, codec, seconds, tracks`` (from the
header), then the samples as float32, channel after channel within a frame, or, for count, a line with ``frames``.
"""

import contextlib
import io
import json
import sys
from collections.abc import Iterator
from typing import Any

_MOST_BYTES = 8 << 30  # of memory; far more than any audio decoder needs
_MOST_SECONDS = 4 * 3600  # that are counted; longer recordings are refused
NO_SOUND, DAMAGED = 3, 4  # exit statuses


def main(demuxer: str, task: str, path: str = "") -> int:
    """Decode or count, and return the exit status."""
    import av

    _limit_memory()
    source: Any = path or io.BytesIO(sys.stdin.buffer.read())
    try:
        with contextlib.ExitStack() as stack:
            file = stack.enter_context(open(source, "rb")) if path else source  # noqa: PTH123 - open for FFmpeg to seek in
            container = stack.enter_context(av.open(file, format=demuxer, metadata_errors="ignore"))
            if not container.streams.audio:
                return NO_SOUND
            sound = container.streams.audio[0]
            declared = float(sound.duration * sound.time_base) if sound.duration and sound.time_base else 0.0
            rate, channels = int(sound.rate), int(sound.channels)
            facts = {"rate": rate, "channels": channels, "codec": sound.codec_context.name, "seconds": declared}
            _write_line({**facts, "tracks": len(container.streams.audio)})
            count = 0
            for samples, block in _blocks(container, rate):
                count += samples
                if task == "read":
                    sys.stdout.buffer.write(block)
                elif count > _MOST_SECONDS * rate:
                    break
            if task == "count":
                _write_line({"frames": count})
    except (av.FFmpegError, ValueError, OverflowError, MemoryError):
        return DAMAGED
    except BrokenPipeError:  # the reader has closed the pipe
        return 0
    return 0


def _blocks(container: Any, rate: int) -> Iterator[tuple[int, bytes]]:
    """Yield the number of samples of each channel, and the samples."""
    import av

    resampler: Any = None
    for frame in container.decode(audio=0):
        if resampler is None:  # one layout and rate, even if the stream changes them
            resampler = av.AudioResampler(format="flt", layout=frame.layout, rate=rate)
        for packed in resampler.resample(frame):
            yield packed.samples, bytes(packed.planes[0])[: 4 * packed.samples * packed.layout.nb_channels]


def _write_line(facts: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n")


def _limit_memory() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_BYTES, _MOST_BYTES))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
