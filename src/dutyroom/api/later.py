"""An answer that comes later: the view has handed its work to the journal's writer, its thread is
free for the next request, and whoever serves it fills the answer in when the work is done.
"""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from dutyroom.api.answers import JSON

WAITS: Final = "dutyroom.waits"
"""Among the variables of a request: its server can fill an answer in."""
OUTCOME: Final = "dutyroom.outcome"
"""Among them, when the work failed and its server asks again how that is answered: the work."""


class Later(HttpResponse):
    """The headers of an answer. Its status and its text are what `said` says once the ``work`` is
    done; if that failed, the request is asked again, with the work as its `OUTCOME`."""

    def __init__(self, work: "Future[Any]", say: Callable[[Any], HttpResponse]) -> None:
        super().__init__(content_type=JSON)
        self.work = work
        self._say = say

    def said(self) -> HttpResponse | None:
        """What became of it; None if it failed."""
        return None if self.work.exception() else self._say(self.work.result())


def when_done[T](
    request: HttpRequest, begin: "Callable[[], Future[T]]", say: Callable[[T], HttpResponse]
) -> HttpResponse:
    """Begin the work, unless it is done and failed, and say what becomes of it: later, if the
    server waits. Raises what the work raises."""
    work: Future[T] = request.META.get(OUTCOME) or begin()
    if WAITS in request.META and OUTCOME not in request.META:
        return Later(work, say)
    return say(work.result())
