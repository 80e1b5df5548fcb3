"""Dai's four settings on one split: scores as bars, embeddings as four maps."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.errors import SerError
from ser_core.plots.bars import bars_figure
from ser_core.plots.panels import Panel, panels_figure
from ui import cache, state
from ui.components import charts, projections, tables
from ui.components.scores import BACK_ENDS
from ui.components.text import plain
from ui.views.compare.dai_confusions import draw_printed_confusions

if TYPE_CHECKING:
    from ser_core.experiments.four_settings import FourSettings
    from ser_core.experiments.records import ExperimentRecord

PARTS = {"test": "test", "development": "development", "train": "training"}


def draw_four_settings() -> None:
    """Draw what there is of the four, and the commands for what is missing."""
    from ser_core.experiments.four_settings import four_settings, unlike_settings

    st.markdown(
        "Dai et al. (2019) train one network in four settings: log-mel or log-STFT frames, softmax alone or with "
        "centre loss. Does centre loss draw the utterances of an emotion together, and does it help to tell "
        "emotions apart?"
    )
    records, _ = cache.records()
    splits = four_settings(records)
    if not splits:
        st.info(
            "None of the four has been trained yet. These commands train them on the demo corpus, shortened by --set "
            "to a few epochs; leave that out for the recipe's 50. The page Train starts the same recipes."
        )
        _draw_commands(None)
        return
    found = _choose_split(splits)
    if found.missing:
        _draw_missing(found)
    unlike = unlike_settings(found)
    if unlike:
        listed = "; ".join(f"{key}: {', '.join(map(str, values))}" for key, values in unlike.items())
        st.warning(
            f"These runs differ in more than the four settings do ({plain(listed)}), and what is seen below may come "
            "from that. Train them alike."
        )
    if any(record.score for record in found.records.values()):
        _draw_bars(found)
    draw_printed_confusions(found)
    _draw_maps(found)
    _draw_changes(found)


def _choose_split(splits: "Sequence[FourSettings]") -> "FourSettings":
    names = [_split_name(split) for split in splits]
    if len(splits) == 1:
        st.markdown(f"On {plain(names[0])}.")
        return splits[0]
    name = st.selectbox("Split", names, key=state.prepared("split of the four", names))
    state.remember("split of the four", name)
    return splits[names.index(name)]


def _split_name(split: "FourSettings") -> str:
    basis = split.basis
    mapped = ", ".join(f"{source} → {target}" for source, target in (basis.mapping or {}).items())
    return (
        f"{basis.corpus}{f' ({mapped})' if mapped else ''}, {basis.protocol}, fold {basis.folds[0]}, "
        f"seed {basis.seed}, list {basis.digest[:6]}: {len(split.records)} of 4"
    )


def _draw_missing(found: "FourSettings") -> None:
    from ser_core.experiments.four_settings import SETTINGS

    listed = "; ".join(SETTINGS[recipe] for recipe in found.missing)
    st.info(
        f"Missing on this split: **{plain(listed)}**. What is there is drawn; the same split and settings for the rest:"
    )
    _draw_commands(found)


def _draw_commands(found: "FourSettings | None") -> None:
    from ser_core.experiments.four_settings import SETTINGS, train_command
    from ser_core.workspace import runs_directory

    missing = found.missing if found is not None else tuple(SETTINGS)
    lines = [train_command(recipe, found, runs=runs_directory()) for recipe in missing]
    st.code("\n".join(lines), language="bash", wrap_lines=True)


def _draw_bars(found: "FourSettings") -> None:
    from ser_core.experiments.four_settings import SETTINGS

    st.subheader("UA and WA of the test utterances")
    scored = {SETTINGS[recipe]: record.score for recipe, record in found.records.items()}
    scores = {
        name: {setting: [getattr(score, key)] for setting, score in scored.items() if score is not None}
        for name, key in (("UA", "uar"), ("WA", "wa"))
    }
    charts.draw(
        bars_figure(scores, y_title="test (%)"),
        key="bars of the four",
        alt="UA and WA on the test utterances, two bars for each of the four settings.",
    )
    judges = {BACK_ENDS.get(record.back_end, record.back_end) for record in found.records.values()}
    st.caption(
        f"Judged by {plain(' or '.join(sorted(judges)))}. One run for each setting: a few points of difference may "
        "be the seed's. Under Runs and results, three seeds of two settings are compared with an interval."
    )


def _draw_maps(found: "FourSettings") -> None:
    from ser_core.experiments.four_settings import SETTINGS

    st.subheader("The four embeddings")
    parts = list(PARTS)
    part = st.radio(
        "Utterances", parts, key=state.prepared("part of the four", parts), format_func=PARTS.__getitem__,
        horizontal=True,
    )  # fmt: skip
    state.remember("part of the four", part)
    panels = []
    for recipe, record in found.records.items():
        try:
            panels.append(_panel(SETTINGS[recipe], record, part))
        except SerError as error:
            st.warning(f"**{plain(SETTINGS[recipe])}**: {plain(str(error))}")
    if not panels:
        return
    charts.draw(
        panels_figure(panels),
        key="maps of the four",
        alt=f"PCA of the embeddings in {len(panels)} settings, coloured by emotion.",
    )
    st.caption(
        f"The {PARTS[part]} utterances; each map is a PCA of its own, so axes and gaps of different maps have no "
        "common unit. The numbers are measured in the whole embedding: mean squared distance of the utterances to "
        "their emotion's mean (within), and of these means to the mean of all (between). Their ratio has no unit and "
        "may be compared: smaller is tighter."
        + (" Training speech flatters every setting: it has been told where it belongs." if part == "train" else "")
    )


def _panel(name: str, record: "ExperimentRecord", part: str) -> Panel:
    from ser_core.errors import InputError
    from ser_core.geometry.separation import class_spread

    if record.checkpoint is None:
        raise InputError(f"Expected the model of {record.name}; there is none. Train it again.")
    known = cache.atlas(record.checkpoint)
    labels = record.basis.labels
    chosen = ((known.frame["split"] == part) & known.frame["emotion"].isin(list(labels))).to_numpy()
    if chosen.sum() < 3:
        raise InputError(f"Expected {PARTS[part]} utterances; {record.name} has none. Choose another part.")
    embeddings, emotions = known.embeddings[chosen], known.frame.loc[chosen, "emotion"].astype(str).tolist()
    spread = class_spread(embeddings, emotions, labels)
    key = f"{record.checkpoint}|{cache.version(record.checkpoint)}|{part}"
    notes = (f"within {spread.within:.3g}, between {spread.between:.3g}", f"ratio {spread.ratio:.2f}")
    return Panel(name, notes, projections.pca(key, 2, embeddings), emotions)


def _draw_changes(found: "FourSettings") -> None:
    from ser_core.experiments.four_settings import SETTINGS, changes

    rows = []
    for recipe, record in found.records.items():
        changed = ", ".join(f"{key}={value}" for key, value in changes(record).items())
        rows.append(
            {
                "setting": SETTINGS[recipe],
                "run": record.name,
                "epochs": record.epochs,
                "changed from the recipe": changed,
            }
        )
    with st.expander("Which runs these are, and what was changed in them"):
        tables.show(rows, hide_index=True)
