"""Names for requests that may be repeated. Pure, any thread."""

import secrets

from chatdesk.domain.clock import now_ms


def new_txn_id() -> str:
    return f"chatdesk-{now_ms():x}-{secrets.token_hex(8)}"
