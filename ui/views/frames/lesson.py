"""The lesson "What a frame is": window, hop and mel bands on a recording, with the settings of every source."""

import streamlit as st

from ser_core.audio.pitch import pitch_contour
from ser_core.plots.frames import framed_sound, settings_of
from ser_core.recipes import load_recipe
from ui import cache
from ui.components import frames_lesson, glossary, page_top, players
from ui.components.recordings import choose_sound
from ui.sound import SoundReference, sound_on_disk

# recipe → what it is called here; those of one paper that differ in the loss alone stand once
SOURCES = {
    "dai-2019-mel": "Dai 2019, log-mel",
    "dai-2019-stft": "Dai 2019, log-STFT",
    "lian-2018-pdt": "Lian 2018",
    "kumar-2020": "Kumar 2020",
    "residual-triplet": "ours, residual",
    "quick": "ours, quick",
}
PARAMETERS = ("source", "window", "hop", "bands")  # of a link
PEOPLE = "emodb-clips"  # what the lesson opens with: the voice of a person
LOW_VOICE = "wav/10a07La.flac"  # its pulses come every 10 ms, five columns apart with a hop of 2 ms
LONGEST = 20.0  # seconds of a recording
STATED = ("window_seconds", "hop_seconds", "mel_bands")
TEXT = """
A [[frame]] is a short look at the sound: a **window** is laid over it, and one [[spectrum]] is taken of what is inside.
The next window begins one **hop** later. **Mel bands**, the triangles of the second picture, then add up neighbouring
frequencies, narrow ones below and wide ones above, as an ear does. The thick window in the first picture is one column
of the [[spectrogram]]; the dotted box in it shows where in the recording the windows are.

*Pulses*: a window of 5 ms is shorter than the time between two pulses of a low voice, and a hop of 2 ms takes several
columns in that time: each pulse becomes a vertical stripe, and the [[harmonics|harmonic]] are gone. Both are needed:
with a hop of 10 ms the window is as short, but there is about one column for each pulse, so no stripes can be seen.
*Harmonics*: a window of 100 ms holds many pulses, so harmonics become level lines, and moments blur. No window has
both. What does a [[model]] miss that gets 20 bands?
"""


def choose_recording() -> SoundReference:
    """Draw the choice of a recording; a clip of EmoDB until there is one."""
    chosen = choose_sound()
    if chosen is not None:
        return chosen
    manifest = cache.corpus(PEOPLE)
    row = next(row for row in manifest.utterances if row.file == LOW_VOICE)
    return sound_on_disk(manifest.path(row), name=f"a clip of EmoDB, “{row.text}”")


def draw_lesson(sound: SoundReference) -> None:
    """Draw the picture with what sets it, which all happens in the browser, and the text."""
    heard = cache.signal(sound)
    samples = heard.samples[: round(LONGEST * heard.sample_rate)]
    pitch = pitch_contour(samples, sample_rate=heard.sample_rate)
    front_ends = {name: load_recipe(name).front_end for name in SOURCES}
    framed = framed_sound(
        samples,
        sample_rate=heard.sample_rate,
        title=sound.name,
        pitch=pitch,
        cutoffs={one.high_pass_hertz for one in front_ends.values()},
    )
    frames_lesson.draw(
        framed,
        frames_lesson.FramesView(
            sources=[(name, title, settings_of(front_ends[name])) for name, title in SOURCES.items()],
            told={name: _stated(name) for name in SOURCES} if page_top.experts() else {},
            address=players.address(sound),
            link={name: value for name, value in st.query_params.to_dict().items() if name in PARAMETERS},
        ),
        key="frames",
    )
    if len(samples) < len(heard.samples):
        st.info(f"The first {LONGEST:g} s of the recording are shown.")
    glossary.draw(TEXT)


def _stated(source: str) -> list[str]:
    """Say where in its paper each value of a source stands, or that it is our choice."""
    recipe = load_recipe(source)
    return [
        f"{name} of {recipe.name}: {recipe.paper.get(f'front_end.{name}', 'our choice: the source does not say')}."
        for name in STATED
    ]
