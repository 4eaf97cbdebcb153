"""The dispatch engine in the live room: the fleet as it is now, and what it recommends."""

import threading
from collections import OrderedDict
from typing import Any, Final

from django.db import connection

from dutyroom.citypack import CityPack
from dutyroom.journal import read
from dutyroom.projections.models import IncidentView
from dutyroom.readings.reader import Reader

MOST_PLACES: Final = 5_000


class Advisor:
    """Recommends units. Places of incidents stay inside this process; what leaves are units."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._places: OrderedDict[str, tuple[int, tuple[float, float]]] = OrderedDict()
        self._guard = threading.Lock()

    def use(self, pack: CityPack) -> None:
        self._pack = pack

    def warm_up(self) -> None:
        pass

    def place(self, incident: str) -> tuple[float, float] | None:
        """Where an incident is (lon, lat), for the engine's own use; None if it can't be known."""
        found = IncidentView.objects.filter(id=incident).values_list("place_position", flat=True)
        position = found.first()
        if position is None:
            return None
        kept = self._places.get(incident)
        if kept is not None and kept[0] == position:
            return kept[1]
        with connection.cursor() as cursor:
            entries = read.at(cursor, [position])
        body = self._reader.within_process(entries[0]) if entries else None
        if not body or "place" not in body:
            return None
        point = (float(body["place"]["lon"]), float(body["place"]["lat"]))
        with self._guard:
            self._places[incident] = (position, point)
            while len(self._places) > MOST_PLACES:
                self._places.popitem(last=False)
        return point

    def follow(self, patch: Any) -> None:
        pass

    def recommend(self, incident: str, now_ms: int) -> Any:
        return None
