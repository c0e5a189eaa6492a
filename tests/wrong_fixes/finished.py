"""What a program gives in the end, where it gives something that is still to run."""

from __future__ import annotations

import asyncio
import inspect
from typing import Any


def finished(result: Any) -> Any:
    """What a coroutine gives, and all that a generator does."""
    if inspect.iscoroutine(result):
        return asyncio.run(result)
    if inspect.isasyncgen(result):
        return asyncio.run(_all(result))
    if inspect.isgenerator(result) or isinstance(result, (map, filter, zip)):
        return list(result)
    return result


async def _all(values: Any) -> list[Any]:
    return [value async for value in values]
