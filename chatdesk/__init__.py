"""chatdesk: a desktop chat client over the Matrix client-server API."""

__version__ = "0.1.0"
