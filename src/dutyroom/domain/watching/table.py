"""When the keeper may look at a record."""

from typing import Final

from dutyroom.domain.kernel import table

# The keeper may come too late, or twice: there is nothing to do then.
WATCHED: Final = table("none there", {"deadline.look_at": "DONE GO"})
