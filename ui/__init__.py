"""Everything that knows Streamlit: state, cache, errors, components and the views that pages put together."""
