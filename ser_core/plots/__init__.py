"""Plotly figures from data; one file per figure, independent of Streamlit."""
