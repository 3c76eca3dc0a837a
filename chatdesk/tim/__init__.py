"""The message interface of the SDK in Python: `Tim` and its ten operations. No Qt; runs on plain asyncio."""

from chatdesk.tim.facade import Tim

__all__ = ["Tim"]
