"""What goes into training, as a small picture: one clip of each emotion, all of one speaker where that can be."""

import html
from typing import TYPE_CHECKING
from urllib.parse import quote

import streamlit as st

from ser_core.labels import COLOURS
from ser_core.plots.style import ACCENT

if TYPE_CHECKING:
    from ser_core.corpora import Manifest, Utterance

COLUMNS = 48  # bars of a clip
MOST_EMOTIONS = 12
_CLIP = (
    '<span style="display:inline-flex;flex-direction:column;flex:1 1 5rem;max-width:9rem">'
    '<img src="data:image/svg+xml,{picture}" alt="" style="width:100%;height:2rem">{name}</span>'
)
_OUTLINE = (  # as an image: st.html takes elements of SVG out
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -1 {columns} 2" preserveAspectRatio="none">'
    '<path d="{path}" stroke="{colour}" stroke-width="0.7" fill="none"/></svg>'
)


def draw_what_goes_in(spec: str, manifest: "Manifest") -> None:
    """Draw the outline of a clip of each emotion; of a corpus that cannot be read now there is none.

    Args:
        spec: how the corpus is named.
        manifest: its utterances, emotions mapped.
    """
    clips = _clips(spec, manifest.digest(), manifest)
    if not clips:
        return
    drawn = [
        _CLIP.format(
            picture=quote(_OUTLINE.format(columns=COLUMNS, path=path, colour=COLOURS.get(name, ACCENT))),
            name=html.escape(name),
        )
        for name, path in clips
    ]
    names = html.escape(", ".join(name for name, _ in clips))
    st.html(
        f'<div role="img" aria-label="One clip each of {names}" '
        f'style="display:flex;flex-wrap:wrap;gap:0 1rem;line-height:1.3">{"".join(drawn)}</div>'
    )


@st.cache_data(max_entries=32, show_spinner=False)
def _clips(spec: str, digest: str, _manifest: "Manifest") -> list[tuple[str, str]]:
    """Return each emotion with the outline of a clip, as an SVG path."""
    from ser_core.audio.outline import WaveformOutline
    from ser_core.audio.reading import read_audio
    from ser_core.errors import SerError

    found = []
    for emotion, one in _one_of_each(_manifest):
        try:
            samples = read_audio(_manifest.path(one), start=one.start, end=one.end).samples
        except SerError:
            return []  # training will say what is wrong with this recording
        outline = WaveformOutline(max(1, len(samples)), columns=COLUMNS)
        outline.take(samples)
        lows, highs = outline.outline()
        largest = max(float(abs(lows).max()), float(abs(highs).max()), 1e-6)
        bars = zip((-highs / largest).tolist(), (-lows / largest).tolist(), strict=True)
        found.append(
            (emotion, "".join(f"M{x + 0.5} {top:.3f}V{max(low, top + 0.02):.3f}" for x, (top, low) in enumerate(bars)))
        )
    return found


def _one_of_each(manifest: "Manifest") -> list[tuple[str, "Utterance"]]:
    """Choose the utterances: of the speaker who has the most emotions, the first of each; else anybody's."""
    emotions: dict[str, set[str | None]] = {}
    for one in manifest.utterances:
        emotions.setdefault(one.speaker, set()).add(one.emotion)
    speaker = max(emotions, key=lambda name: len(emotions[name]))
    ordered = sorted(manifest.utterances, key=lambda one: one.speaker != speaker)  # stable: the table's order else
    first = {label: next((one for one in ordered if one.emotion == label), None) for label in manifest.labels}
    return [(label, one) for label, one in list(first.items())[:MOST_EMOTIONS] if one is not None]
