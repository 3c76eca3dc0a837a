"""Widgets and delegates: paint what models say, forward gestures. Main thread only; no business rule."""
