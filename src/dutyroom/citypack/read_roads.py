"""Reading and checking the road network, a column at a time, since there may be many arcs."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from dutyroom.citypack.model import Street
from dutyroom.citypack.pack_files import PackFiles
from dutyroom.citypack.roads import ROAD_CLASSES, RoadNetwork, biggest_connected_part
from dutyroom.reading.csv_file import Table, as_number, read_table
from dutyroom.reading.problems import ProblemList

_NODES, _ARCS = "roads/nodes.csv", "roads/arcs.csv"
_FASTEST_KMH = 200.0
_LONGEST_M = 100_000.0


def read_roads(files: PackFiles, streets: tuple[Street, ...]) -> RoadNetwork | None:
    """The road network, or None after noting what is wrong with it."""
    problems = files.problems
    nodes = _table(files, _NODES, ("lon", "lat"))
    arcs = _table(files, _ARCS, ("from", "to", "length_m", "speed_kmh", "class", "street"))
    if nodes is None or arcs is None:
        return None
    if not nodes.rows or not arcs.rows:
        problems.add(_ARCS, None, "the road network is empty", "Add nodes and arcs")
        return None
    node_lon = _numbers(nodes, "lon", -180.0, 180.0, problems)
    node_lat = _numbers(nodes, "lat", -90.0, 90.0, problems)
    arc_from = _node_numbers(arcs, "from", len(nodes.rows), problems)
    arc_to = _node_numbers(arcs, "to", len(nodes.rows), problems)
    lengths_m = _numbers(arcs, "length_m", 0.1, _LONGEST_M, problems)
    speeds_kmh = _numbers(arcs, "speed_kmh", 1.0, _FASTEST_KMH, problems)
    classes = {name: number for number, name in enumerate(ROAD_CLASSES)}
    known_classes = f"Write one of {', '.join(ROAD_CLASSES)}"
    arc_class = _looked_up(arcs, "class", classes, known_classes, problems)
    known_streets = {street.id: number for number, street in enumerate(streets)} | {"": -1}
    remedy = "Add it to streets.csv, or leave the field empty"
    arc_street = _looked_up(arcs, "street", known_streets, remedy, problems)
    columns = (node_lon, node_lat, arc_from, arc_to, lengths_m, speeds_kmh, arc_class, arc_street)
    if any(column is None for column in columns):
        return None
    assert node_lon is not None
    assert node_lat is not None
    assert arc_from is not None
    assert arc_to is not None
    assert lengths_m is not None
    assert speeds_kmh is not None
    assert arc_class is not None
    assert arc_street is not None
    roads = RoadNetwork(
        node_lon, node_lat, arc_from.astype(np.int32), arc_to.astype(np.int32),
        lengths_m, speeds_kmh, arc_class.astype(np.int8), arc_street.astype(np.int32),
    )  # fmt: skip
    _note_unreachable(roads, nodes, problems)
    return roads


def _table(files: PackFiles, name: str, columns: tuple[str, ...]) -> Table | None:
    text = files.text(name)
    return None if text is None else read_table(name, text, columns, files.problems)


def _numbers(
    table: Table, column: str, low: float, high: float, problems: ProblemList
) -> NDArray[np.float64] | None:
    """A column of finite numbers within limits, or None after noting every row that isn't."""
    place = table.columns.index(column)
    texts = [row[place] for row in table.rows]
    try:
        values = np.array(texts, dtype=np.float64)
        if np.isfinite(values).all() and low <= values.min() and values.max() <= high:
            return values
    except ValueError:
        pass

    def wrong(text: str) -> tuple[str, str] | None:
        value = as_number(text)
        if value is None:
            return f'{column} "{text}" is not a number', "Write a finite number"
        if not low <= value <= high:
            return f"{column} {value:g} is out of range", f"Write {column} from {low:g} to {high:g}"
        return None

    _note_rows(table, texts, wrong, problems)
    return None


def _node_numbers(
    table: Table, column: str, node_count: int, problems: ProblemList
) -> NDArray[np.int64] | None:
    place = table.columns.index(column)
    texts = [row[place] for row in table.rows]
    try:
        values = np.array(list(map(int, texts)), dtype=np.int64)
        if values.min() >= 0 and values.max() < node_count:
            return values
    except ValueError:
        pass

    def wrong(text: str) -> tuple[str, str] | None:
        number = as_number(text)
        if number is None or number != int(number):
            return f'{column} "{text}" is not a node', "Write the row number of a node, from 0"
        if not 0 <= number < node_count:
            return f"there is no node {text}", f"Write {column} from 0 to {node_count - 1}"
        return None

    _note_rows(table, texts, wrong, problems)
    return None


def _looked_up(
    table: Table, column: str, known: dict[str, int], remedy: str, problems: ProblemList
) -> NDArray[np.int64] | None:
    place = table.columns.index(column)
    texts = [row[place] for row in table.rows]
    try:
        return np.array([known[text] for text in texts], dtype=np.int64)
    except KeyError:

        def wrong(text: str) -> tuple[str, str] | None:
            return None if text in known else (f'there is no {column} "{text}"', remedy)

        _note_rows(table, texts, wrong, problems)
        return None


def _note_rows(
    table: Table,
    texts: list[str],
    wrong: Callable[[str], tuple[str, str] | None],
    problems: ProblemList,
) -> None:
    for line, text in zip(table.lines, texts, strict=True):
        if found := wrong(text):
            problems.add(table.name, line, *found)


def _note_unreachable(roads: RoadNetwork, nodes: Table, problems: ProblemList) -> None:
    count = len(roads.node_lon)
    inside = biggest_connected_part(count, roads.arc_from, roads.arc_to)
    outside = np.flatnonzero(~inside)
    if len(outside):
        first = int(outside[0])
        shown = ", ".join(str(node) for node in outside[:10]) + (", ..." * (len(outside) > 10))
        problems.add(
            nodes.name,
            nodes.lines[first],
            f"{len(outside)} of {count} nodes can't be driven to and back from the biggest "
            f"connected part ({inside.sum()} nodes): {shown}",
            "Connect them by arcs in both directions, or remove them",
        )
