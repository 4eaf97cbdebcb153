"""A week at two stations: whoever leaves, changes post or hands over, no task is without an owner."""

from uuid import UUID, uuid5

from hypothesis import given, settings
from hypothesis import strategies as st

from dutyroom.domain.asking import about
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import OpenIncident
from dutyroom.domain.kernel import Command
from dutyroom.domain.orgs import within
from dutyroom.domain.station_handovers.commands import (
    CompleteStationHandover,
    ConfirmStationItem,
    StartStationHandover,
    TakeStationHandover,
)
from dutyroom.domain.tasks.commands import (
    AcceptTask,
    ApproveTask,
    OfferTask,
    ReassignTask,
    ReleaseTask,
    ReturnTask,
    SendBackTask,
    SubmitTask,
)
from dutyroom.domain.tasks.state import TaskState
from dutyroom.domain.values import Place
from dutyroom.policy import may_do
from tests.harness.examples import examples

from .room import Room
from .strategies import CODES, INCIDENTS

STATIONS = ("city", "city/north")
STAFF = ("an", "bai", "cao", "deng", "e", "fang")
HOUR_MS = 3_600_000
DAYS = 7
OPERATOR = Actor("operator", "operator")

PEOPLE, ORGS = st.sampled_from(STAFF), st.sampled_from(STATIONS)
DEED = st.one_of(
    st.tuples(st.just("offer"), ORGS, st.sampled_from(("", "case")), st.integers(1, 30)),
    st.tuples(st.sampled_from(("accept", "submit", "return", "judge")), PEOPLE, st.integers(0, 9)),
    st.tuples(st.just("give"), ORGS, PEOPLE, st.integers(0, 9)),
    st.tuples(st.just("post"), PEOPLE, st.sampled_from((*STATIONS, None))),
)
DAY = st.tuples(st.lists(DEED, max_size=10), st.lists(PEOPLE, max_size=6))
"""What happens on a day, and who is named for what is late the next morning."""


class Week:
    """Two of each station are its command office, and always come back to it by the morning."""

    def __init__(self) -> None:
        self.room = Room()
        self.room.works_for = {name: STATIONS[n % 2] for n, name in enumerate(STAFF)}
        place = Place(121.0, 31.0, "Bridge", "point")
        self.room.does(OpenIncident(INCIDENTS[0], "NOISE", 3, place))
        self.count = 0

    def new(self) -> UUID:
        self.count += 1
        return uuid5(INCIDENTS[0], str(self.count))

    def ask(self, command: Command, who: str) -> None:
        """As the door does: policy first. Who has left asks for nothing; what is refused changes
        nothing."""
        if who not in self.room.works_for:
            return
        actor = Actor(who, "station_command", org=self.room.works_for[who])
        whose = about(command, self.room.context(command, actor))
        if may_do(actor.role, None, command.VERB, whose, actor.org).allowed:
            self.room.act(command, actor)

    def task(self, number: int) -> UUID:
        tasks = [*self.room.tasks]
        return tasks[number % len(tasks)] if tasks else INCIDENTS[0]

    def do(self, deed: tuple[object, ...]) -> None:
        match deed:
            case "offer", str(org), "" | "case" as team, int(hours):
                due_ms = self.room.now_ms + hours * HOUR_MS
                self.room.act(
                    OfferTask(self.new(), INCIDENTS[0], "visit", org, "Look", team, due_ms=due_ms)
                )
            case "accept", str(who), int(number):
                self.ask(AcceptTask(self.task(number)), who)
            case "submit", str(who), int(number):
                self.ask(SubmitTask(self.task(number), "Done."), who)
            case "return", str(who), int(number):
                self.ask(ReturnTask(self.task(number), "not_ours"), who)
            case "judge", str(who), int(number) if number % 2:
                self.ask(ApproveTask(self.task(number)), who)
            case "judge", str(who), int(number):
                self.ask(SendBackTask(self.task(number), "unclear"), who)
            case "give", str(org), str(who), int(number):
                self.room.act(ReassignTask(self.task(number), org, "", who))
            case "post", str(who), str() | None as org:
                self.post(who, org)
        self.holds()

    def post(self, who: str, org: str | None) -> None:
        """As ``dutyroom member`` does it: what they may no longer have falls back."""
        self.room.works_for.pop(who, None)
        if org is not None:
            self.room.works_for[who] = org
        for id_, one in self.room.tasks.items():
            if one.owner == who and not one.over and not self.may_have(who, one):
                self.room.does(ReleaseTask(id_), OPERATOR)

    def may_have(self, who: str, task: TaskState) -> bool:
        works_for = self.room.works_for.get(who)
        return works_for is not None and within(task.org, works_for)

    def holds(self) -> None:
        """Each open task lies with an organisation; who has it works there."""
        for one in self.room.tasks.values():
            assert one.over or one.org in (*CODES.orgs, "")
            assert one.over or not one.owner or self.may_have(one.owner, one)
            assert one.owner or one.phase not in ("accepted", "in_progress")

    def hand_over(self, org: str, named: list[str]) -> None:
        """Who is named and can have it does; what is left the new one takes."""
        out, new = Actor("out", "station_command", org=org), Actor("in", "station_command", org=org)
        self.room.works_for |= {"in": org}
        one = self.new()
        self.room.does(StartStationHandover(one, org), out)
        self.room.does(TakeStationHandover(one), new)
        late = [item for item in self.room.due_items(org) if item.late]
        for item, who in zip(late, [*named, *["in"] * len(late)], strict=False):
            if isinstance(self.room.act(ConfirmStationItem(one, "task", item.id, who), new), tuple):
                continue
            self.room.does(ConfirmStationItem(one, "task", item.id, "in"), new)
        self.room.does(CompleteStationHandover(one), new)
        for task in self.room.tasks.values():
            late_ms = task.due_ms or self.room.now_ms + 1
            if task.org == org and late_ms <= self.room.now_ms and task.phase != "submitted":
                assert task.over or (task.owner and self.may_have(task.owner, task)), task
        self.post("in", None)


@settings(max_examples=examples(15))
@given(st.lists(DAY, min_size=DAYS, max_size=DAYS))
def test_no_task_is_without_an_owner_in_a_week(days: list[tuple[list[object], list[str]]]) -> None:
    week = Week()
    for deeds, named in days:
        for deed in deeds:
            week.do(deed)  # type: ignore[arg-type]
            week.room.now_ms += HOUR_MS
        week.room.now_ms += (24 - len(deeds)) * HOUR_MS
        for org in STATIONS:
            week.hand_over(org, named)
            week.holds()
