"""The way through Django's middleware, made once for all clients of a process."""

from typing import Any, Final

from django.core.handlers.base import BaseHandler
from django.test.client import ClientHandler

_MADE: Final = ("_view_middleware", "_template_response_middleware", "_exception_middleware")


def share() -> None:
    """From now on clients of tests share what the first of them has made. It is of the settings
    alone, which no test alters, and to look through the console's files takes longer than most
    answers; whether CSRF is checked is the client's own and said with each request."""
    made: dict[str, Any] = {}

    def load_middleware(self: ClientHandler, is_async: bool = False) -> None:
        assert not is_async
        if not made:
            BaseHandler.load_middleware(self)
            made.update({name: getattr(self, name) for name in (*_MADE, "_middleware_chain")})
        for name, one in made.items():
            setattr(self, name, one)

    ClientHandler.load_middleware = load_middleware
