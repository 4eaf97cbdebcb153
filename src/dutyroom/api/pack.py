"""The city pack in force, the gazetteer and the type-ahead."""

from typing import Annotated, Literal

import msgspec
from django.http import HttpRequest
from ninja import Query, Router

from dutyroom.actions import runtime
from dutyroom.api.answers import Kept
from dutyroom.api.asking import reader
from dutyroom.citypack import match_categories
from dutyroom.citypack.answers import (
    CategoryHit,
    CategoryHits,
    GazetteerAnswer,
    GazetteerHit,
    MapLayer,
    Pack,
)
from dutyroom.citypack.describe import described

router = Router(tags=["pack"])
type Layer = Literal["roads", "zones", "basemap", "stations", "places"]


@router.get("/pack")
def pack(request: HttpRequest) -> Pack:
    """Vocabulary, prompts, plans, clocks, zones, organisations, stations."""
    reader(request, "pack")
    return described(runtime.room().pack)


@router.get("/pack/map/{layer}.geojson")
def layer(request: HttpRequest, layer: Layer, hash: str = "") -> Kept[MapLayer]:
    """One layer of the map; with the pack's hash in the address it may be kept for ever."""
    reader(request, "pack")
    room = runtime.room()
    response = Kept[MapLayer](msgspec.json.encode(room.map_layers()[layer]))
    kept = "private, max-age=31536000, immutable" if hash == room.pack.hash else "no-cache"
    response["Cache-Control"] = kept
    return response


@router.get("/gazetteer")
def gazetteer(request: HttpRequest, q: Annotated[str, Query(max_length=120)]) -> GazetteerAnswer:
    """Places for what was typed: streets, crossings, places, coordinates; tolerant of slips.

    ``apart``: the two streets that were named, where they are known and never meet.
    """
    reader(request, "gazetteer")
    found = runtime.room().gazetteer()
    hits = found.search(q)
    crossing = any(hit.kind == "crossing" for hit in hits)
    apart = found.streets_that_do_not_meet(q, exactly=crossing)
    return GazetteerAnswer(
        hits=tuple(
            GazetteerHit(
                kind=hit.kind,
                label=hit.label,
                lon=hit.lon,
                lat=hit.lat,
                zone=hit.zone,
                score=hit.score,
            )
            for hit in hits
        ),
        apart=apart,
    )


@router.get("/categories")
def categories(request: HttpRequest, q: Annotated[str, Query(max_length=60)]) -> CategoryHits:
    """Categories for what was typed, in English, Chinese or pinyin."""
    reader(request, "gazetteer")
    found = match_categories(runtime.room().pack.vocabulary, q, 8)
    return CategoryHits(
        categories=tuple(
            CategoryHit(code=c.code, en=c.text.en, zh=c.text.zh, priority=c.priority) for c in found
        )
    )
