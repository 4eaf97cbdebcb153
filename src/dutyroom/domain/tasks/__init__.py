"""Tasks: work on an incident that has an owner, until somebody else has approved it."""

from typing import Final

from dutyroom.domain.kernel import Aggregate, Command, Event, Owned, kinds, makers
from dutyroom.domain.tasks import commands, events, refusals
from dutyroom.domain.tasks.asks import about_task, asks_of_task
from dutyroom.domain.tasks.decide import TaskCommand, decide_task
from dutyroom.domain.tasks.evolve import evolve_task
from dutyroom.domain.tasks.row import LIST
from dutyroom.domain.tasks.state import TaskState, clocks
from dutyroom.domain.tasks.table import TASK

TASKS: Final = Aggregate[TaskCommand, TaskState](
    "task",
    commands=kinds(commands, Command),
    events=kinds(events, Event),
    state=TaskState,
    refusals=makers(refusals),
    tables={"task": TASK},
    decide=decide_task,
    evolve=evolve_task,
    asks=asks_of_task,
    about=about_task,
    clocks=clocks,
    list=LIST,
    owned=Owned(commands.AcceptTask.VERB, commands.ReleaseTask),
)
