"""What the API answers in any test is what its description says it answers."""

import json
from functools import cache, wraps
from typing import Any

import msgspec

answered: set[tuple[str, int]] = set()
"""Operation ids with the statuses that were seen in this process."""


def watch() -> None:
    """From now on, whatever a route answers is held against what it declares."""
    from ninja.operation import Operation

    run = Operation.run

    @wraps(run)
    def checked(self: Any, request: Any, **given: Any) -> Any:
        response = run(self, request, **given)
        check(self, response)
        return response

    Operation.run = checked  # type: ignore[method-assign]


def check(operation: Any, response: Any) -> None:
    """Fails where an answer isn't of a declared type, field by field."""
    from dutyroom.api.answers import ALWAYS, OTHERWISE, WITH_A_BODY
    from dutyroom.api.later import Later
    from dutyroom.api.openapi import FILE, answers_of

    if isinstance(response, Later):
        return  # what it says comes from the same function as what is said at once
    view, status = operation.view_func, response.status_code
    if status == 200:
        kinds = answers_of(view)
    else:
        allowed = {*ALWAYS, *WITH_A_BODY, *getattr(view, "statuses", ())}
        assert status in allowed, f"{view.__module__}.{view.__name__} doesn't declare {status}"
        kinds = (OTHERWISE[status],)
    if FILE not in kinds:
        said = json.loads(response.content)
        assert any(is_of(kind, said) for kind in kinds), (kinds, said)
    answered.add((_names()[view], status))


def is_of(kind: Any, said: Any) -> bool:
    """Every field that is there is declared, and every declared field is there."""
    try:
        known = msgspec.convert(said, kind)
    except msgspec.ValidationError as error:
        print(f"{kind}: {error}")
        return False
    return bool(json.loads(msgspec.json.encode(known)) == said)


@cache
def _names() -> dict[Any, str]:
    from dutyroom.api.openapi import operations
    from dutyroom.api.router import api

    return {operation.view_func: id_ for id_, operation in operations(api)}
