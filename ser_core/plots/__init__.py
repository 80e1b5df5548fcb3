"""Figures: data in, Plotly figure out; one file per thing drawn, and nothing here knows Streamlit."""
