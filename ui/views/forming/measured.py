"""What was measured for the lesson, and why five seeds are not enough: every figure from the file that ships."""

import streamlit as st

from ser_core.lessons.triplets_measured import (
    CONTROL,
    FIRST,
    HEARD,
    SECOND,
    TRIPLETS,
    UNHEARD,
    TripletsMeasured,
    mean_over_seeds,
    means_of_some,
    read_measured,
    share_of,
)
from ser_core.plots.few_seeds import few_seeds_figure
from ser_core.written_numbers import fixed
from ui.components import charts, folded, glossary, page_top, tables

FEW = 5
ROWS = (
    ("after softmax", TRIPLETS, FIRST),
    ("then triplets", TRIPLETS, SECOND),
    ("then softmax again", CONTROL, SECOND),
)
# In pixels: on a phone the two columns to be compared stand beside the names of the rows.
NAME_WIDTH, FIGURE_WIDTH = 136, 106


def draw_measured() -> None:
    """Draw the table, the figure of five seeds, and what follows.

    Raises:
        ConfigError: if the file is damaged.
    """
    content = read_measured()
    gain = 100 * content.difference("accuracy", UNHEARD)
    found, some = mean_over_seeds(gain), means_of_some(gain, FEW)
    st.header("What was measured")
    glossary.draw(
        f"Both runs, {len(content.seeds)} times with other [[seeds|seed]] and other voices left out, on "
        f"{content.voices} artificial voices made for this measurement: after softmax, then after triplets or after "
        "softmax again for as many steps. Unheard: voices that it never hears; heard: those that it learns from. "
        "Right: the nearest [[direction]] is that of the emotion. Scatter: how far utterances lie from the middle of "
        "their emotion, as a share of how far these middles lie apart ([[within / between|within]]); less is tighter."
    )
    rows = _rows(content)
    widths = {name: st.column_config.TextColumn(width=FIGURE_WIDTH if name else NAME_WIDTH) for name in rows[0]}
    tables.show(rows, hide_index=True, column_config=widths)
    glossary.draw(
        f"On voices not heard, triplets less softmax again: **{_signed(found.estimate)} percentage points** (95 % "
        f"[[interval]] over seeds {_signed(found.low)} to {_signed(found.high)}). {_verdict(found.low, found.high)} "
        "The scatter falls as much with either. On these voices it is training that moves the space, not the triplet."
    )
    st.header("Why five seeds are not enough")
    above = share_of(some, lambda value: value > 0)
    st.markdown(
        f"Of these {len(gain)} pairs of runs, five can be chosen in {len(some)} ways. Somebody with only those five "
        f"would have found anything from {_signed(some.min())} to {_signed(some.max())} points, and in "
        f"{100 * above:.0f} of 100 cases that triplets help."
    )
    # With its library, a chart keeps the browser from the picture that plays above for as long as all else on the page.
    figure = folded.expander("five seeds of the lesson", "The figure: what each choice of five seeds would have found")
    with figure:
        if figure.open:
            charts.draw(
                few_seeds_figure(some, found.estimate),
                key="five seeds",
                alt=f"Histogram of the difference that each choice of five seeds gives, from {_signed(some.min())} to "
                f"{_signed(some.max())} points; all seeds together {_signed(found.estimate)}.",
                buttons=False,
            )
    if page_top.experts():
        st.caption(
            f"{content.corpus}. Recipes quick and quick-softmax-continued, held-out speakers, {content.clips} clips; "
            f"unheard: {content.unheard} speakers. Intervals: Student's t over seeds; voices are shared between seeds. "
            "Made by `python -m benchmarks.what_triplets_move`."
        )


def _rows(content: TripletsMeasured) -> list[dict[str, str]]:
    rows = []
    for title, recipe, stage in ROWS:
        right, scatter = {}, {}
        for part, name in ((UNHEARD, "unheard"), (HEARD, "heard")):
            share = 100 * mean_over_seeds(content.values("accuracy", recipe, part, stage)).estimate
            ratio = mean_over_seeds(content.values("within_between", recipe, part, stage)).estimate
            right[f"right, {name}"], scatter[f"scatter, {name}"] = f"{share:.1f} %", f"{ratio:.2f}"
        rows.append({"": title, **right, **scatter})
    return rows


def _verdict(low: float, high: float) -> str:
    if low > 0:
        return "Triplets help."
    return "Triplets harm." if high < 0 else "The interval holds zero: no difference can be told."


def _signed(value: float) -> str:
    return fixed(value, 1, signed=True).replace("-", "−")
