"""Wiring, lifetime and command line: the only place that knows everybody."""
