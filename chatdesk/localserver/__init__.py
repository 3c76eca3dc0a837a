"""A private homeserver (Synapse) as a plain child process: write its configuration, start, watch, seed, stop it.

Synapse is run, never imported: it is a program of its own under its own licence. Nothing of chatdesk is imported here.
"""

from chatdesk.localserver.admin import RegistrationError
from chatdesk.localserver.config import SERVER_NAME
from chatdesk.localserver.server import LocalServer, ServerStartError

__all__ = ["SERVER_NAME", "LocalServer", "RegistrationError", "ServerStartError"]
