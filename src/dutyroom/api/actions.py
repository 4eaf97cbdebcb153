"""The write door over HTTP: one route per verb, each with the schema of its command."""

from collections.abc import Callable
from typing import Any, Final

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Router

from dutyroom.actions import runtime
from dutyroom.actions.door import Denied, Done, NotSaved, Outcome
from dutyroom.actions.request import Request
from dutyroom.api.answers import (
    DeniedAnswer,
    Kept,
    NotSavedAnswer,
    RefusedAnswer,
    may_answer,
    otherwise,
)
from dutyroom.api.asking import actor_of
from dutyroom.api.commands import Envelope, as_command, request_schema
from dutyroom.api.later import when_done
from dutyroom.domain import COMMANDS
from dutyroom.domain.kernel import Refusal

router = Router(tags=["actions"])
RETRY_AFTER_S: Final = "2"


class Saved(msgspec.Struct, frozen=True, kw_only=True):
    """The action is in the journal, for good. ``events`` are their types; ``number`` is that of an
    incident which was opened."""

    action: str
    position: int
    events: tuple[str, ...]
    number: str
    repeated: bool


def _view(command: type[Any], schema: type[Envelope]) -> Callable[..., HttpResponse]:
    @may_answer(409)
    def act(request: HttpRequest, body: Any) -> HttpResponse:
        asked = Request(
            action=body.action,
            actor=actor_of(request),
            command=as_command(command, body),
            occurred_at_ms=body.occurred_at_ms,
        )
        return when_done(request, lambda: runtime.room().door.ready(asked), answer, text_of)

    act.__annotations__ |= {"body": schema, "return": Saved}
    act.__name__ = command.VERB.replace(".", "_")
    act.__doc__ = command.__doc__
    return act


def text_of(outcome: Outcome) -> bytes | None:
    """The text of a 200; None for any other answer."""
    if not isinstance(outcome, Done):
        return None
    saved = Saved(
        action=str(outcome.action),
        position=outcome.position,
        events=outcome.events,
        number=outcome.number,
        repeated=outcome.repeated,
    )
    return msgspec.json.encode(saved)


def answer(outcome: Outcome) -> HttpResponse:
    """The HTTP answer to an action's outcome."""
    match outcome:
        case Done():
            return Kept[Saved](text_of(outcome) or b"")
        case Refusal(name, params, message, remedy):
            refused = RefusedAnswer(refusal=name, params=params, message=message, remedy=remedy)
            return otherwise(409, refused)
        case Denied(because):
            return otherwise(403, DeniedAnswer(because=because))
        case NotSaved(message):
            response = otherwise(503, NotSavedAnswer(message=message))
            response["Retry-After"] = RETRY_AFTER_S
            return response


for _verb, _command in COMMANDS.items():
    router.post(
        f"/actions/{_verb}",
        operation_id=f"do_{_verb.replace('.', '_')}",
    )(_view(_command, request_schema(_command)))
