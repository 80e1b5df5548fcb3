"""Maps of a run's epochs, aligned to the last: the points glide from each to the next."""

import numpy as np
import streamlit as st

from ser_core.inference import Atlas
from ser_core.plots.point_map import PointMap, point_map
from ser_core.plots.two_spaces import framed_map_figure, limits_of
from ui import cache, state
from ui.cache import RunMaps
from ui.components import charts, glossary, simple_map
from ui.components import point_map as component
from ui.components.percent import percent
from ui.components.text import plain
from ui.views.spaces.epochs import RunWithSnapshots
from ui.views.spaces.side import roots_of
from ui.views.spaces.sounds import heard_point

SECONDS = 0.9  # that each epoch is shown; the points are on their way for two thirds of it
PLAYING = "animation that plays"
ROOM = 15.0  # rem for what stands above the map, and for the slider below it


def draw_epoch_maps(run: RunWithSnapshots) -> None:
    """Draw the map of the chosen epoch; below it the slider and the buttons.

    Raises:
        SerError: if the epochs share too few utterances, or all lie at one point.
    """
    shown = cache.epoch_maps(run.key, run.snapshots)
    for name, reason in shown.damaged:
        st.warning(f"**{plain(name)}** is left out. {plain(reason)}")
    if len(shown.snapshots) < 2:
        return
    epochs = [one.epoch for one in shown.snapshots]
    titles = {one.epoch: one.title for one in shown.snapshots}
    scores = _scores(run)
    name = shown_of(run.name)
    plays = state.recall(PLAYING) == run.key

    @st.fragment(run_every=SECONDS if plays else None)
    def frame() -> None:
        if plays != (state.recall(PLAYING) == run.key):
            st.rerun()  # with the clock, or without
        if plays:
            _advance(name, epochs)
        drawing, buttons, slider = st.container(), *st.columns([2, 5], vertical_alignment="bottom")
        with buttons:
            _draw_buttons(name, epochs, run.key, plays=plays)
        epoch = slider.select_slider(
            "Epoch", epochs, key=state.prepared(name, epochs, epochs[-1]), format_func=titles.__getitem__
        )
        state.remember(name, epoch)
        number = epochs.index(epoch)
        with drawing:
            _draw(run, shown, number)
        st.markdown(plain(f"Epoch {titles[epoch]}{scores.get(epoch, '')}."))
        glossary.caption(
            f"{len(shown.rows)} {plain(shown.whose)} [[utterances|utterance]]; [[PCA]] of the unit "
            "[[vectors|embedding]] of each [[epoch]], aligned to the last map. [[Disparity]] to it: "
            f"{shown.epoch_maps.disparities[number]:.2f}. The less alike a map is to the last one, the smaller it is "
            "drawn: that is where it fits best."
        )
        if plays and number == len(epochs) - 1:
            state.remember(PLAYING, None)
            st.rerun()

    frame()


def _draw(run: RunWithSnapshots, shown: RunMaps, number: int) -> None:
    if simple_map.is_wanted():
        charts.draw(
            framed_map_figure(
                shown.epoch_maps.maps[number], shown.rows, limits_of(shown.epoch_maps.maps), colour_by=shown.colour
            ),
            key=f"epoch maps|{run.key}",
            alt=_title(shown, number),
        )
        return
    answer = component.draw(_made(run.key, number, shown), key=f"epochs of {run.key}")
    if answer.missing:
        simple_map.fall_back()
    sound = Atlas(shown.rows, np.zeros((len(shown.rows), 1), dtype=np.float32), roots_of(shown.snapshots[number]))
    component.press(space=_space_of(run.key), pressed=heard_point(answer.clicked, shown.rows, sound))


def _space_of(key: str) -> str:
    return f"epochs|{key}"


@st.cache_resource(max_entries=100, show_spinner=False)
def _made(key: str, number: int, _shown: RunMaps) -> PointMap:
    return point_map(
        _shown.epoch_maps.maps[number],
        _shown.rows,
        title=_title(_shown, number),
        space=_space_of(key),
        view=_space_of(key),
        framed=np.concatenate(_shown.epoch_maps.maps),
        glides=True,
        room=ROOM,
    )


def _title(shown: RunMaps, number: int) -> str:
    return f"PCA in 2 dimensions of the {shown.whose} utterances, epoch {shown.snapshots[number].title}."


def shown_of(run: str) -> str:
    """Name the choice of the epoch of a run that is shown."""
    return f"epoch shown of {run}"


def _advance(name: str, epochs: list[int]) -> None:
    shown = state.recall(name, epochs[-1])
    place = epochs.index(shown) if shown in epochs else -1
    state.choose(name, epochs[min(place + 1, len(epochs) - 1)])


def _draw_buttons(name: str, epochs: list[int], animation: str, *, plays: bool) -> None:
    shown = state.widget_value(name)
    shown = shown if shown in epochs else state.recall(name, epochs[-1])
    place = epochs.index(shown) if shown in epochs else len(epochs) - 1
    with st.container(horizontal=True):
        st.button("◀ Back", on_click=_step_to, args=(name, epochs[max(place - 1, 0)]), disabled=place == 0)
        if plays:
            st.button("Pause", on_click=state.remember, args=(PLAYING, None), type="primary")
        else:
            st.button("Play", on_click=_play, args=(name, epochs, place, animation), type="primary")
        last = len(epochs) - 1
        st.button("Step ▶", on_click=_step_to, args=(name, epochs[min(place + 1, last)]), disabled=place == last)


def _step_to(name: str, epoch: int) -> None:
    state.remember(PLAYING, None)
    state.choose(name, epoch)


def _play(name: str, epochs: list[int], place: int, animation: str) -> None:
    """Begin at the epoch that is shown, or from the first where that is the last."""
    if place == len(epochs) - 1:
        state.choose(name, epochs[0])
    state.remember(PLAYING, animation)


def _scores(run: RunWithSnapshots) -> dict[int, str]:
    """Say how well each epoch heard the development speakers."""
    from ser_core.training.jobs import run_state

    told = {}
    for figures in run_state(run.path).history:
        parts = [
            f"{percent(score)} by {whom}"
            for score, whom in (
                (figures.development_uar, "the head"),
                (figures.development_uar_angle, "the nearest direction"),
            )
            if score is not None
        ]
        if parts:
            told[figures.epoch] = f", development UA {', '.join(parts)}"
    return told
