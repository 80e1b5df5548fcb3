"""Shared code of our browser components."""

from ui.components.in_browser.assembly import component, joined, styled

__all__ = ["component", "joined", "styled"]
