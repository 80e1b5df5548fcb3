"""Shared code of our browser components."""

from ui.components.in_browser.assembly import component, script, styled

__all__ = ["component", "script", "styled"]
