"""The files that a track can be taken away as."""

from collections.abc import Callable, Mapping
from typing import Any

from ser_core.tables import frame_csv
from ser_core.tracks.textgrid import textgrid
from ser_core.tracks.track import VERSION, Track

_NOT_JUDGED = dict.fromkeys(("verdict", "emotion", "inside_range", "probabilities", "angles_degrees"))


def windows_csv(track: Track) -> str:
    """Write a row per window."""
    return frame_csv(track.window_table())


def minutes_csv(track: Track) -> str:
    """Write a row per minute."""
    return frame_csv(track.minute_table())


def audacity_labels(track: Track) -> str:
    """Write Audacity's labels: one line per segment, silence included, of start, end and label, with tabs between."""
    return "".join(f"{one.start:.6f}\t{one.end:.6f}\t{one.label}\n" for one in track.segments)


# By the ending of the file's name.
EXPORTS: Mapping[str, Callable[[Track], str]] = {
    ".csv": windows_csv,
    ".txt": audacity_labels,
    ".TextGrid": textgrid,
}


def record(track: Track) -> dict[str, Any]:
    """Return the track as plain values, with the keys of the contract."""
    windows = track.window_table()
    plain = windows[["start", "end", "speech_seconds", "level_dbfs", "speech", "verdict", "emotion", "inside_range"]]
    minutes = zip(track.minute_table()[["start", "end"]].to_numpy().tolist(), track.speech_by_minute, strict=True)
    return {
        "version": VERSION,
        "file": track.name,
        "checkpoint": track.checkpoint,
        "voice": track.voice,
        "labels": list(track.labels),
        "window_seconds": track.settings.window_seconds,
        "hop_seconds": track.settings.hop_seconds,
        "pause_seconds": track.settings.pause_seconds,
        "duration_seconds": track.duration_seconds,
        "notes": list(track.notes),
        "speech": [[round(start, 3), round(end, 3)] for start, end in track.speech],
        "windows": [
            {
                **row,
                "probabilities": dict(zip(track.labels, probabilities, strict=True)),
                "angles_degrees": dict(zip(track.labels, angles, strict=True)),
                **({} if row["speech"] else _NOT_JUDGED),
            }
            for row, probabilities, angles in zip(
                plain.to_dict("records"),
                track.probabilities.round(6).tolist(),
                track.angles.astype(float).round(3).tolist(),
                strict=True,
            )
        ],
        "segments": [
            {"start": round(one.start, 3), "end": round(one.end, 3), "label": one.label} for one in track.segments
        ],
        "minutes": [
            {
                "start": start,
                "end": end,
                "speech_seconds": round(float(seconds.sum()), 3),
                "seconds": dict(zip(track.answers, seconds.round(3).tolist(), strict=True)),
            }
            for (start, end), seconds in minutes
        ],
    }
