"""An answer that comes later: its work goes to the journal's writer, the thread of its view is free
for the next request, and whoever serves it fills the answer in when the work is done.
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
    """The headers of an answer. Whoever serves it begins the ``work`` as the last thing that its
    thread does, so that the writer need not wait for the interpreter. Status and text are what
    `said` says once it is done; if it failed, the request is asked again, with it as `OUTCOME`."""

    def __init__(
        self,
        begin: "Callable[[], Future[Any]]",
        say: Callable[[Any], HttpResponse],
        text_of: Callable[[Any], bytes | None],
    ) -> None:
        super().__init__(content_type=JSON)
        self.work: Future[Any] | None = None
        self._begin = begin
        self._say = say
        self._text_of = text_of

    def begin(self) -> None:
        """From here on the `work` is under way."""
        try:
            self.work = self._begin()
        except Exception as error:
            self.work = Future()
            self.work.set_exception(error)

    def said(self) -> tuple[int, bytes] | None:
        """Status and text of what became of it; None if it failed."""
        assert self.work is not None  # it was begun, and is done
        if self.work.exception():
            return None
        result = self.work.result()
        text = self._text_of(result)
        if text is not None:
            return 200, text
        answer = self._say(result)
        return answer.status_code, answer.content


def _no_text(_outcome: object) -> None:
    """For answers with more than a text: a status, headers."""


def when_done[T](
    request: HttpRequest,
    ready: "Callable[[], Callable[[], Future[T]]]",
    say: Callable[[T], HttpResponse],
    text_of: Callable[[T], bytes | None] = _no_text,
) -> HttpResponse:
    """Make the work ``ready`` and say what becomes of it: later, if the server waits. Raises what
    the work raises, also where it failed before and the server asks again. ``text_of`` is the whole
    answer where it is a plain 200: Django's costs ten times as much as its text."""
    failed: Future[T] | None = request.META.get(OUTCOME)
    if failed is not None:
        return say(failed.result())
    begin = ready()
    return Later(begin, say, text_of) if WAITS in request.META else say(begin().result())
