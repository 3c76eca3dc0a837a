"""A program with one download under way, to be killed: `download_worker.py FOLDER URL MESSAGE-KEY`."""

import asyncio
import sys
from pathlib import Path

from chatdesk.core.downloads import Downloads
from chatdesk.core.ledger import Ledger
from chatdesk.core.line import Line
from chatdesk.core.task_set import TaskSet
from chatdesk.matrix.homeserver import Homeserver
from chatdesk.store.database import Database
from tests.unit.core.download_setting import KEY, ME


async def main(folder: Path, url: str, key: int) -> None:
    database = await Database.open(folder / "store.db", KEY)
    homeserver = Homeserver(url, "secret-token", ME)
    downloads = Downloads(Ledger(database, ME), homeserver, Line(), TaskSet(), folder / "downloads")
    await downloads.start(key, 0)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
