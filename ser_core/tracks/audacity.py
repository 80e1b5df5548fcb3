"""A track as a file of labels for Audacity: start, end and label, with tabs between."""

from ser_core.tracks.track import Track


def audacity_labels(track: Track) -> str:
    """Write one line per segment, silence included.

    References:
        Audacity manual, "Importing and Exporting Labels".
    """
    return "".join(f"{one.start:.6f}\t{one.end:.6f}\t{one.label}\n" for one in track.segments)
