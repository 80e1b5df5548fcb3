"""Train: choose corpus, recipe and split; start, watch, stop, resume."""

import streamlit as st

from ui import frame
from ui.errors import shown_to_visitor
from ui.views import train

frame.require(__file__)
st.title("Train")
choices, progress = st.columns([2, 3], gap="large")
with choices, shown_to_visitor():
    st.header("A new run")
    train.recall_address()
    corpus = train.choose_corpus()
    if corpus is not None:
        spec, manifest = corpus
        mapping, mapped = train.choose_mapping(spec, manifest)
        recipe = train.choose_recipe(len(mapped.labels))
    else:
        recipe = train.choose_recipe()
        train.keep_address(recipe)
    if corpus is not None:
        split = train.choose_split(mapped)
        snapshots = train.choose_snapshots(recipe, split)
        train.keep_address(recipe, split, snapshots, mapping)
        train.draw_start(spec, mapping, recipe, split, snapshots)
        train.draw_split(mapped, split)
with progress, shown_to_visitor():
    st.header("Runs")
    run = train.choose_run()
    if run is not None:
        train.draw_run(run)
