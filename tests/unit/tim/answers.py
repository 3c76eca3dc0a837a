"""What calls on `Tim` brought back, and how to wait for it."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

PATIENCE_S = 60.0


@dataclass(frozen=True)
class Answer:
    code: int
    desc: str
    json: str
    user_data: object

    @property
    def value(self) -> Any:
        return json.loads(self.json)


@dataclass
class Answers:
    """A callback that keeps what it is called with."""

    results: list[Answer] = field(default_factory=list)
    progress: list[Answer] = field(default_factory=list)
    has_returned: bool = True

    def __call__(self, code: int, desc: str, json_param: str, user_data: object) -> None:
        assert self.has_returned, "called back before the return"
        (self.progress if desc == "downloading" else self.results).append(Answer(code, desc, json_param, user_data))

    async def result(self) -> Answer:
        async with asyncio.timeout(PATIENCE_S):
            while not self.results:
                await asyncio.sleep(0.005)
        return self.results[0]


def begin(function: Callable[..., int], *arguments: object, user_data: object = None) -> tuple[int, Answers]:
    """Call; nothing may come back before the call has returned."""
    answers = Answers(has_returned=False)
    returned = function(*arguments, answers, user_data)
    answers.has_returned = True
    return returned, answers


async def ask(function: Callable[..., int], *arguments: object, user_data: object = None) -> Answer:
    """Call one that is accepted, and its answer."""
    returned, answers = begin(function, *arguments, user_data=user_data)
    assert returned == 0
    return await answers.result()


async def ask_well(function: Callable[..., int], *arguments: object) -> Answer:
    """Call one that succeeds."""
    answer = await ask(function, *arguments)
    assert (answer.code, answer.desc) == (0, ""), answer
    return answer
