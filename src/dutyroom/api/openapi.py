"""The description of the API: requests as the routes read them, answers as they are declared."""

from collections.abc import Iterator
from types import UnionType
from typing import Any, Final, get_args, get_origin, get_type_hints

import msgspec
from django.http import FileResponse, HttpResponse
from ninja import NinjaAPI
from ninja.operation import Operation

from dutyroom.api.answers import ALWAYS, OTHERWISE, WITH_A_BODY, Kept
from dutyroom.api.partner_keys import KEY_ROUTES
from dutyroom.api.stream_messages import MESSAGES

REF: Final = "#/components/schemas/{name}"
BINARY: Final = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
FILE: Final = FileResponse
STREAM: Final = "/api/stream"
SECURITY: Final = {
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "sessionid",
        "description": "Somebody who has signed in; each change carries the CSRF token, too.",
    },
    "partnerKey": {
        "type": "http",
        "scheme": "bearer",
        "description": "A partner's system, by its API key: Authorization: Bearer drk_...",
    },
}
"""How the routes are asked that a partner's system may ask, too."""


def document(api: NinjaAPI) -> dict[str, Any]:
    """OpenAPI, whole."""
    found: dict[str, Any] = api.get_openapi_schema()
    views = {id_: operation.view_func for id_, operation in operations(api)}
    kinds = [kind for view in views.values() for kind in answers_of(view) if kind is not FILE]
    wanted = [*kinds, *OTHERWISE.values(), *MESSAGES.values()]
    schemas, components = msgspec.json.schema_components(wanted, ref_template=REF)
    for component in components.values():
        _always_there(component)
        _say_plainly(component)
    schema_of = dict(zip(map(str, wanted), schemas, strict=True))
    for name, path in found["paths"].items():
        for method, described in path.items():
            view = views[described["operationId"]]
            statuses = {*ALWAYS, *getattr(view, "statuses", ())}
            statuses.update(() if method == "get" else WITH_A_BODY)
            asked_for = {"description": "OK", "content": _content(answers_of(view), schema_of)}
            if KEY_ROUTES.get(name) == method:
                described["security"] = [{one: []} for one in SECURITY]
            described["responses"] = {"200": asked_for} | _otherwise(statuses)
    found["components"]["securitySchemes"] = SECURITY
    found["paths"][STREAM] = {"get": _stream(schema_of)}
    found["components"]["responses"] = {
        f"Status{status}": {
            "description": _sentence(kind),
            "content": {"application/json": {"schema": schema_of[str(kind)]}},
        }
        for status, kind in OTHERWISE.items()
    }
    both = found["components"]["schemas"].keys() & components.keys()
    if both:
        raise ValueError(f"a request and an answer have the same name: {sorted(both)}")
    found["components"]["schemas"] |= components
    return found


def operations(api: NinjaAPI) -> Iterator[tuple[str, Operation]]:
    """Every operation by its id."""
    for _, router in api._routers:
        for view in router.path_operations.values():
            for operation in view.operations:
                id_ = operation.operation_id or api.get_openapi_operation_id(operation)
                yield id_, operation


def answers_of(view: Any) -> tuple[Any, ...]:
    """The types of what a route may answer with 200, `FILE` for a file. Raises `TypeError` if it
    doesn't say."""
    said = get_type_hints(view)["return"]
    kinds = get_args(said) if get_origin(said) is UnionType else (said,)
    found = tuple(
        get_args(kind)[0] if get_origin(kind) is Kept else kind
        for kind in kinds
        if kind is not HttpResponse
    )
    if not found or Any in found:
        raise TypeError(f"{view.__module__}.{view.__name__} doesn't say what it answers")
    return found


def _content(kinds: tuple[Any, ...], schema_of: dict[str, Any]) -> dict[str, Any]:
    if FILE in kinds:
        return BINARY
    schemas = [schema_of[str(kind)] for kind in kinds]
    return {"application/json": {"schema": schemas[0] if len(kinds) == 1 else {"anyOf": schemas}}}


def _otherwise(statuses: set[int]) -> dict[str, Any]:
    return {
        str(status): {"$ref": f"#/components/responses/Status{status}"}
        for status in sorted(statuses)
    }


def _sentence(kind: Any) -> str:
    """What an answer means, by the first line of what it is documented with."""
    kinds = get_args(kind) or (kind,)
    return " ".join((one.__doc__ or "").strip().splitlines()[0] for one in kinds)


def _always_there(schema: dict[str, Any]) -> None:
    """A default is for what an older version kept: what is sent has every field."""
    for name, one in schema.get("properties", {}).items():
        if "default" in one:
            del one["default"]
            schema["required"].append(name)


def _say_plainly(schema: Any) -> None:
    """For readers of schemas that take what isn't said for what can't be."""
    if isinstance(schema, dict):
        if all(isinstance(one, str) for one in schema.get("enum", [None])):
            schema["type"] = "string"
        if schema.get("type") == "object" and "properties" not in schema:
            schema.setdefault("additionalProperties", True)
        for inner in schema.values():
            _say_plainly(inner)
    elif isinstance(schema, list):
        for inner in schema:
            _say_plainly(inner)


def _stream(schema_of: dict[str, Any]) -> dict[str, Any]:
    messages = [schema_of[str(kind)] for kind in MESSAGES.values()]
    return {
        "operationId": "stream",
        "summary": "Stream",
        "description": "Server-sent events: " + ", ".join(MESSAGES) + ".",
        "tags": ["board"],
        "parameters": [
            {
                "in": "query", "name": "after", "required": False,
                "schema": {"type": "integer", "minimum": 0, "default": 0},
                "description": "The journal position that the board was loaded at.",
            }
        ],
        "responses": {
            "200": {
                "description": "OK",
                "content": {"text/event-stream": {"schema": {"anyOf": messages}}},
            }
        } | _otherwise({401, 403, 422, 503}),
    }  # fmt: skip
