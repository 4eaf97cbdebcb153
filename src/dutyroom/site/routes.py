"""Finding the view of an address."""

from typing import Any

from django.urls import ResolverMatch, URLResolver
from django.urls.resolvers import RoutePattern


class Routes(URLResolver):
    """Django tries one route after the other, with each request; an action's may be the fiftieth.
    What an address without parameters was found to be is kept."""

    def __init__(self, under: str, urls: tuple[Any, str, str]) -> None:
        patterns, app, namespace = urls
        super().__init__(RoutePattern(under), patterns, app_name=app, namespace=namespace)
        self._kept: dict[str, ResolverMatch] = {}

    def resolve(self, path: Any) -> ResolverMatch:
        address = str(path)
        found = self._kept.get(address)
        if found is None:
            found = super().resolve(address)
            if not found.kwargs and not found.args:  # so there are no more of them than routes
                found.tried = None  # Django would copy them for each request
                self._kept[address] = found
        return found
