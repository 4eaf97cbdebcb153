"""The write door over HTTP: one route per verb, each with the schema of its command."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Router

from dutyroom.actions import runtime
from dutyroom.actions.door import Denied, Done, NotSaved
from dutyroom.actions.request import Request
from dutyroom.api.asking import actor_of
from dutyroom.api.commands import Envelope, Strict, as_command, command_types, request_schema
from dutyroom.core.text import Text
from dutyroom.domain.kernel import Refusal

router = Router(tags=["actions"])
RETRY_AFTER_S: Final = "2"


class Saved(Strict):
    """The action is in the journal, for good."""

    action: str
    position: int
    events: list[str]
    number: str
    repeated: bool


class RefusedBecause(Strict):
    """Nothing was changed: what stands in the way, and what to do next."""

    refusal: str
    params: dict[str, Any]
    message: dict[str, str]
    remedy: dict[str, str]


def _view(command: type[Any], schema: type[Envelope]) -> Callable[..., HttpResponse]:
    def act(request: HttpRequest, body: Any) -> HttpResponse:
        outcome = runtime.room().door.perform(
            Request(
                action=body.action,
                actor=actor_of(request),
                command=as_command(command, body),
                occurred_at_ms=body.occurred_at_ms,
            )
        )
        return answer(outcome)

    act.__annotations__["body"] = schema
    act.__name__ = command.VERB.replace(".", "_")
    act.__doc__ = (command.__doc__ or "").strip() or None
    return act


def answer(outcome: Done | Refusal | Denied | NotSaved) -> HttpResponse:
    """The HTTP answer to an action's outcome."""
    match outcome:
        case Done():
            return JsonResponse(
                {
                    "action": str(outcome.action),
                    "position": outcome.position,
                    "events": list(outcome.events),
                    "number": outcome.number,
                    "repeated": outcome.repeated,
                }
            )
        case Refusal():
            return refused(outcome.name, outcome.message, outcome.remedy, outcome.params)
        case Denied(because):
            body = {"error": "denied", "because": {"en": because.en, "zh": because.zh}}
            return JsonResponse(body, status=403)
        case NotSaved(message):
            body = {"error": "not_saved", "message": {"en": message.en, "zh": message.zh}}
            response = JsonResponse(body, status=503)
            response["Retry-After"] = RETRY_AFTER_S
            return response


def refused(
    name: str, message: Text, remedy: Text, params: Mapping[str, Any] | None = None
) -> JsonResponse:
    """409 as a `RefusedBecause`."""
    body = {
        "refusal": name,
        "params": dict(params or {}),
        "message": {"en": message.en, "zh": message.zh},
        "remedy": {"en": remedy.en, "zh": remedy.zh},
    }
    return JsonResponse(body, status=409)


for _verb, _command in command_types().items():
    router.post(
        f"/actions/{_verb}",
        response={200: Saved, 409: RefusedBecause},
        operation_id=f"do_{_verb.replace('.', '_')}",
    )(_view(_command, request_schema(_command)))
