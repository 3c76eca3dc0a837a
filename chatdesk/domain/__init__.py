"""Frozen types and pure functions every other layer speaks in.

Owns no state, runs on any thread, imports nothing of chatdesk's other layers and no Qt.
"""
