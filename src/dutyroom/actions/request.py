"""What somebody asks the door for."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dutyroom.domain.context import Actor


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody asks for something. ``occurred_at_ms`` is given for an entry afterwards."""

    action: UUID
    actor: Actor
    command: Any
    occurred_at_ms: int | None = None
