"""Clear bodies: what is written is what is read, and nothing else is accepted."""

import json

import pytest
from hypothesis import given

from dutyroom.domain import AGGREGATES, EVENTS
from dutyroom.domain.bodies import UnreadableEvent, from_body, to_body
from dutyroom.domain.incidents.events import IncidentUnitDispatched
from dutyroom.domain.kernel import Event

from .strategies import CALLS, events


@given(events)
def test_every_event_survives_the_way_through_json(event: Event) -> None:
    body = json.loads(json.dumps(to_body(event)))
    assert from_body(event.TYPE, body) == event


def test_every_event_type_is_registered_with_its_version() -> None:
    assert len(EVENTS) == sum(len(one.events) for one in AGGREGATES)
    newer = {type_ for type_ in EVENTS if not type_.endswith(".v1")}
    assert newer == {"incident.reopened.v2"}


@pytest.mark.parametrize(
    ("type_", "body", "says"),
    [
        ("call.vanished.v1", {}, "unknown event type 'call.vanished.v1'"),
        ("call.received.v1", {}, "field 'line' is missing"),
        ("call.received.v1", {"line": "1", "name": "x"}, "unknown field 'name'"),
        ("call.received.v1", {"line": 1}, "call.received.v1.line: 1 is not str"),
        ("incident.call_linked.v1", {"call": "x"}, "incident.call_linked.v1.call: 'x' is not an"),
        ("incident.more_requested.v1", {"capability": "a", "count": True}, "True is not int"),
        ("desk.handover_started.v1", {"by": "a", "to": "b", "incidents": "x"}, "expected a list"),
    ],
)
def test_a_body_that_does_not_fit_is_refused_by_name(
    type_: str, body: dict[str, object], says: str
) -> None:
    with pytest.raises(UnreadableEvent) as caught:
        from_body(type_, body)
    assert says in str(caught.value)


def test_a_field_that_came_later_has_its_default_in_older_bodies() -> None:
    sent = to_body(IncidentUnitDispatched(CALLS[0], "P1", True, 60.0, "", "", None, 1_000))
    older = {name: value for name, value in sent.items() if name != "advised_at_ms"}
    assert from_body("incident.unit_dispatched.v1", older) == IncidentUnitDispatched(
        CALLS[0], "P1", True, 60.0, "", "", None, None
    )


def test_ids_are_written_as_text() -> None:
    event = from_body("incident.call_linked.v1", {"call": str(CALLS[0])})
    assert to_body(event) == {"call": str(CALLS[0])}
