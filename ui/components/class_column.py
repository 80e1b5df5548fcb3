"""Choice of the column whose values are the classes of angles."""

from collections.abc import Sequence

import streamlit as st

from ui import state

NO_LABEL = ""


def choose_class_column(name: str, columns: Sequence[str], usual: str, about: str) -> str:
    """Draw the choice where there is something to choose.

    Args:
        name: of the choice.
        columns: that can give the classes.
        usual: the column that gives them without a choice; empty if the visitor has to choose.
        about: what the classes are for.

    Returns:
        The column; empty if there is none, or none is chosen yet.
    """
    if not columns:
        return NO_LABEL
    if len(columns) == 1 and usual:
        return columns[0]
    options = columns if usual else (NO_LABEL, *columns)
    label: str = st.selectbox(
        "Classes by",
        options,
        key=state.prepared(name, options, usual),
        format_func=lambda column: column.replace("_", " ") or "choose",
        help=f"The column whose values are the classes {about}.",
    )
    state.remember(name, label)
    return label


def ask_for_class_column(name: str, columns: Sequence[str], key: str, why: str = "") -> None:
    """Ask, in the place of what needs classes, which column gives them, if there are some to choose from.

    Args:
        name: of the choice, as in :func:`choose_class_column`.
        columns: that can give the classes.
        key: of the field, another one for other utterances.
        why: a sentence on why the column that was chosen does not give them; empty if none was.
    """
    if why:
        st.markdown(why)
    if not columns:
        return
    another = "another" if why else "the"
    st.markdown(
        f"**No label**: choose {another} column whose values are the classes, and the angles between them stand here."
    )
    options = (NO_LABEL, *columns)
    label = st.selectbox(
        "Label", options, key=f"label asked for of {key}", format_func=lambda column: column or "choose"
    )
    if label:
        state.choose(name, label)
        st.rerun()
