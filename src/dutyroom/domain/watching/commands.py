"""What the keeper asks about a record of any kind."""

from dataclasses import dataclass
from typing import Annotated, ClassVar
from uuid import UUID

from dutyroom.domain.kernel import Command
from dutyroom.domain.marked import IdOf

WatchedId = Annotated[UUID, IdOf("watched")]


@dataclass(frozen=True, slots=True)
class LookAtDeadlines(Command):
    """Tell whoever is to be told of the deadlines of a record. `kind` is the name of its kind.
    Asked by the keeper; twice does it once."""

    VERB: ClassVar[str] = "deadline.look_at"
    kind: str
    watched: WatchedId
