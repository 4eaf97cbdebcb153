"""The view of an address is found at once where there are no parameters in it."""

from itertools import product
from typing import Any

import pytest
from django.http import HttpRequest
from django.urls import Resolver404, ResolverMatch, include, path
from django.urls.resolvers import RoutePattern, URLPattern, URLResolver

from dutyroom.site.routes import Routes


def _view(_request: HttpRequest, **_given: Any) -> Any: ...


def _other(_request: HttpRequest, **_given: Any) -> Any: ...


PATTERNS: list[URLPattern | URLResolver] = [
    path("one", _view, name="one"),
    path("of/<int:number>", _view, name="of"),
    path("two", _other, {"besides": 1}, name="two"),
    path("in/", include([path("side", _other, name="side")])),
]
OURS = Routes("api/", (PATTERNS, "app", "space"))
DJANGOS = URLResolver(RoutePattern("api/"), PATTERNS, app_name="app", namespace="space")


def said(found: ResolverMatch) -> Any:
    return found.func, found.args, found.kwargs, found.url_name, found.namespaces, found.route


@pytest.mark.parametrize("address", ["one", "of/7", "of/8", "two", "in/side"])
def test_each_view_is_the_one_that_django_finds(address: str) -> None:
    for _ in range(2):
        assert said(OURS.resolve(f"api/{address}")) == said(DJANGOS.resolve(f"api/{address}"))


def test_an_address_without_parameters_is_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = OURS.resolve("api/one")
    monkeypatch.setattr(URLResolver, "resolve", None)
    assert OURS.resolve("api/one") is first


def test_no_more_is_kept_than_there_are_routes() -> None:
    ours = Routes("api/", (PATTERNS, "app", "space"))
    for number in range(100):
        ours.resolve(f"api/of/{number}")
    for wrong in map("".join, product("onetw", repeat=2)):
        with pytest.raises(Resolver404):
            ours.resolve(f"api/{wrong}")
    assert not ours._kept
