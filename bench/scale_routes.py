"""What the large room is asked: every route that reads, or why one isn't.

A route that is in neither list ends the measuring: a new one can't be forgotten.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

ROOM, STATION, DISTRICT, AUDITOR = "bench", "bench-station", "bench-district", "bench-auditor"
NOTHING: Final = "nothing but a session"
MOST_S: Final = 15.0
FEWEST: Final = 5
"""What takes long is tried for so many seconds, and so often at least."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: what it is called, its address, and who asks. ``logged``: it is a reading, which
    waits for the journal, too; only its own time is limited."""

    name: str
    path: str
    who: str = ROOM
    logged: bool = False


ASKED: Final[Mapping[str, tuple[Asked, ...]]] = {
    "/health": (Asked(NOTHING, "health"),),  # the first: what any answer takes
    "/session": (Asked("session", "session"),),
    "/board": (
        Asked("board", "board"),
        Asked("board of a station", "board", STATION),
        Asked("board of a district", "board", DISTRICT),
    ),
    "/lists/{name}": (
        Asked("tasks, first page", "lists/tasks"),
        Asked("tasks of a station", "lists/tasks?org={org}"),
        Asked("tasks, to a station", "lists/tasks", STATION),
        Asked("tasks of an owner", "lists/tasks?owner={owner}"),
        Asked("tasks in a state", "lists/tasks?state=accepted"),
        Asked("tasks, second page", "lists/tasks?after={after}"),
        Asked("clocks, first page", "lists/loops"),
        Asked("clocks that are late", "lists/loops?due_before_ms={now}"),
        Asked("clocks of a station", "lists/loops", STATION),
        Asked("orders: there are none", "lists/supervision_orders"),
    ),
    "/lists/{name}/counts": (
        Asked("tasks, counted", "lists/tasks/counts"),
        Asked("tasks counted, station", "lists/tasks/counts", STATION),
        Asked("stages, counted", "lists/loops/counts"),
    ),
    "/lists/{name}/watched": (
        Asked("tasks to watch", "lists/tasks/watched"),
        Asked("tasks to watch, station", "lists/tasks/watched", STATION),
        Asked("clocks to watch", "lists/loops/watched"),
        Asked("incidents to watch", "lists/incidents/watched"),
    ),
    "/about/{incident}": (
        Asked("all about an incident", "about/{incident}"),
        Asked("the same, to a station", "about/{incident}", STATION),
    ),
    "/find": (
        Asked("finding by number", "find?q={number}"),
        Asked("finding by its end", "find?q={ending}"),
        Asked("finding by zone", "find?q={zone}"),
        Asked("finding by unit", "find?q={unit}"),
    ),
    "/supervision": (Asked("supervision", "supervision"),),
    "/bulletin": (
        Asked("bulletin of the room", "bulletin"),
        Asked("bulletin of a station", "bulletin?org={org}"),
    ),
    "/stage-figures": (
        Asked("stage figures, room", "stage-figures"),
        Asked("stage figures, station", "stage-figures?org={org}"),
        Asked("stage figures, 26 weeks", "stage-figures?weeks=26"),
    ),
    "/ratings": (Asked("ratings", "ratings"), Asked("ratings, a year", "ratings?days=366")),
    "/repeats": (Asked("places that call again", "repeats"),),
    "/owners": (Asked("owners at a station", "owners?org={org}"),),
    "/desks": (Asked("specialist desks", "desks"),),
    "/agreements": (Asked("agreements", "agreements"),),
    "/colleagues": (Asked("colleagues", "colleagues"),),
    "/incidents/{incident}/clocks/{clock}/why": (
        Asked("why a deadline", "incidents/{incident}/clocks/{clock}/why"),
    ),
    "/readings/incidents/{incident}": (
        Asked("reading an incident", "readings/incidents/{incident}", logged=True),
    ),
    "/readings/tasks/{task}": (Asked("reading a task", "readings/tasks/{task}", logged=True),),
    "/readings/duplicates": (
        Asked("reading duplicates", "readings/duplicates?lon={lon}&lat={lat}", logged=True),
    ),
    "/readings/notices": (Asked("reading notices", "readings/notices", logged=True),),
    "/readings/attachments": (
        Asked("reading attachments", "readings/attachments?incident={incident}", logged=True),
    ),
    "/audit/entries": (
        Asked("audit", "audit/entries", AUDITOR),
        Asked("audit, half-way", "audit/entries?after={half}", AUDITOR),
    ),
    "/audit/reads": (Asked("who read what", "audit/reads", AUDITOR),),
    "/audit/acts": (
        Asked("acts", "audit/acts", AUDITOR),
        Asked("acts of a member", "audit/acts?actor={owner}", AUDITOR),
        Asked("acts on an incident", "audit/acts?incident={number}", AUDITOR),
        Asked("acts of an hour", "audit/acts?from_ms={hour}&to_ms={now}", AUDITOR),
        Asked("readings", "audit/acts?reads=true", AUDITOR),
    ),
}
"""By route. All of one are asked."""

_PACK: Final = "of the city pack, which is in memory: as large as the city, not as the room"
_ONE: Final = "one record by its id, as tasks and incidents are, and the room has none of its kind"
_BESIDE: Final = "has a benchmark of its own"
_FILES: Final = "of files beside the journal"
NOT_ASKED: Final[Mapping[str, str]] = {
    "/stream": f"{_BESIDE}: bench.fanout",
    "/lookahead": f"{_BESIDE}: bench.lookahead",
    "/incidents/{incident}/lookahead": f"{_BESIDE}: bench.lookahead",
    "/incidents/{incident}/recommendation": f"{_BESIDE}: bench.recommendation",
    "/audit/verify": "the whole journal: measured as `verify`",
    "/pack": _PACK,
    "/pack/map/{layer}.geojson": _PACK,
    "/gazetteer": _PACK,
    "/categories": _PACK,
    "/field": "the unit of the one who asks, by its id",
    "/readings/field": "the unit of the one who asks, by its id",
    "/readings/calls/{call}": _ONE,
    "/readings/emergencies/{unit}": _ONE,
    "/readings/orders/{supervision_order}": _ONE,
    "/readings/matters/{matter}": _ONE,
    "/readings/referrals/{referral}": _ONE,
    "/readings/callbacks/{call_back}": _ONE,
    "/readings/desk_requests/{desk_request}": _ONE,
    "/readings/joint_operations/{joint_operation}": _ONE,
    "/readings/attachments/{attachment}": _ONE,
    "/partner": "what is sent to one partner, and the room sends nothing",
    "/practice/debrief": _FILES,
    "/practice/own": _FILES,
    "/practice/room": _FILES,
    "/practice/look": _FILES,
    "/practice/past/{key}": _FILES,
    "/plan": _FILES,
    "/plan/plans/{plan}/scenario.zip": _FILES,
    "/plan/runs/{run}": _FILES,
    "/plan/runs/{run}/replay/{number}": _FILES,
    "/plan/runs/{run}/files/{name}": _FILES,
}
"""Routes that aren't measured here, and why."""


def unlisted(paths: Iterable[str]) -> set[str]:
    """Of routes that read, as `/api/...`, those that are in neither list; and what is listed, but
    isn't there."""
    return {one.removeprefix("/api") for one in paths} ^ (ASKED.keys() | NOT_ASKED.keys())


def all_asked() -> tuple[Asked, ...]:
    """Every request."""
    return tuple(one for some in ASKED.values() for one in some)
