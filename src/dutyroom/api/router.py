"""The API: its routers, and how errors are answered."""

import logging
from typing import Any, Final

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

import dutyroom
from dutyroom.actions.door import NotSaved
from dutyroom.api import (
    actions,
    attachments,
    audit,
    board,
    bulletin,
    callbacks,
    desks,
    dispatch,
    lists,
    loops,
    pack,
    partner_keys,
    partners,
    places,
    plan,
    positions,
    practice,
    readings,
    session,
    tasks,
)
from dutyroom.api.answers import (
    DeniedAnswer,
    FieldProblem,
    InvalidAnswer,
    NotFoundAnswer,
    RefusedAnswer,
    Renderer,
    SignedOutAnswer,
    otherwise,
)
from dutyroom.api.asking import NotAllowed, NotFound, NotSignedIn, Refused
from dutyroom.api.invalid import in_chinese
from dutyroom.api.openapi import document
from dutyroom.api.wire import StrictParser, WrongField
from dutyroom.core.text import Text
from dutyroom.journal.writer import NotCommitted
from dutyroom.planning.plans import NoPlan
from dutyroom.planning.runs import NoRun
from dutyroom.practice.launching import NoDebrief
from dutyroom.practice.plan import NoPractice
from dutyroom.readings.reader import MayNotRead
from dutyroom.readings.record import NoSuchRecord

NO_DATABASE: Final = Text(
    "The database can't be used now. Nothing was saved; try again.",
    "数据库暂时无法使用，未保存任何内容，请重试。",
)
ACTIONS: Final = "/api/actions/"
_log = logging.getLogger("dutyroom.api")

_UNUSED: Final = HttpResponse()


class _Api(NinjaAPI):
    """Makes no answer in advance for actions: their views make their own."""

    def create_temporal_response(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(ACTIONS):
            return _UNUSED
        return super().create_temporal_response(request)


api = _Api(
    title="Dutyroom",
    version=dutyroom.__version__,
    docs_url=None,
    openapi_url=None,  # it would be made again for each stranger who asks
    parser=StrictParser(),
    renderer=Renderer(),
)
for part in (
    session,
    actions,
    board,
    readings,
    dispatch,
    lists,
    loops,
    bulletin,
    callbacks,
    tasks,
    desks,
    attachments,
    partners,
    partner_keys,
    pack,
    places,
    positions,
    audit,
    practice,
    plan,
):
    api.add_router("", part.router)


@api.exception_handler(NotSignedIn)
def _not_signed_in(_request: HttpRequest, _error: NotSignedIn) -> HttpResponse:
    return otherwise(401, SignedOutAnswer(error="not_signed_in"))


@api.exception_handler(NotAllowed)
@api.exception_handler(MayNotRead)
def _not_allowed(_request: HttpRequest, error: NotAllowed | MayNotRead) -> HttpResponse:
    return otherwise(403, DeniedAnswer(because=error.decision.because))


@api.exception_handler(NotFound)
@api.exception_handler(NoSuchRecord)
@api.exception_handler(NoPlan)
@api.exception_handler(NoRun)
@api.exception_handler(NoPractice)
@api.exception_handler(NoDebrief)
def _not_found(_request: HttpRequest, _error: Exception) -> HttpResponse:
    return otherwise(404, NotFoundAnswer())


@api.exception_handler(Refused)
def _refused(_request: HttpRequest, error: Refused) -> HttpResponse:
    return otherwise(
        409,
        RefusedAnswer(refusal=error.name, params={}, message=error.message, remedy=error.remedy),
    )


@api.exception_handler(NotCommitted)
def _not_saved(_request: HttpRequest, _error: NotCommitted) -> HttpResponse:
    return actions.answer(NotSaved())


@api.exception_handler(OperationalError)
@api.exception_handler(InterfaceError)
def no_database(request: HttpRequest, error: Exception) -> HttpResponse:
    """What writes past the journal (sessions, positions), and what only reads."""
    _log.error("%s %s: %s", request.method, request.path, error)
    return actions.answer(NotSaved(NO_DATABASE))


@api.exception_handler(HttpError)
def _unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    if isinstance(error.__cause__, WrongField):
        return _wrong_field(request, error.__cause__)
    status = 422 if error.status_code == 400 else error.status_code
    problem = FieldProblem(field="body", message=str(error), message_zh=in_chinese({}))
    return otherwise(status, InvalidAnswer(fields=(problem,)))


@api.exception_handler(WrongField)
def _wrong_field(_request: HttpRequest, error: WrongField) -> HttpResponse:
    said = error.message
    problem = FieldProblem(field=error.field, message=said.en, message_zh=said.zh)
    return otherwise(422, InvalidAnswer(fields=(problem,)))


@api.exception_handler(ValidationError)
def _invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    return otherwise(422, InvalidAnswer(fields=tuple(_field(one) for one in error.errors)))


def description() -> dict[str, Any]:
    """The whole API, as OpenAPI."""
    return document(api)


def _field(error: dict[str, Any]) -> FieldProblem:
    """One problem; the value itself is not repeated, since it may be personal."""
    where = [str(part) for part in error.get("loc", ()) if part not in ("body", "query")]
    return FieldProblem(
        field=".".join(where) or "body",
        message=str(error.get("msg", "")),
        message_zh=in_chinese(error),
    )
