"""Rows of a pack's CSV files, and their ids."""

from dutyroom.citypack.pack_files import PackFiles
from dutyroom.reading.csv_file import Row, read_table, rows_of


def rows_in(
    files: PackFiles, name: str, columns: tuple[str, ...], optional: tuple[str, ...] = ()
) -> list[Row]:
    """The rows of a file of the pack; none after noting what is wrong with it."""
    text = files.text(name)
    table = None if text is None else read_table(name, text, columns, files.problems, optional)
    return [] if table is None else rows_of(table, files.problems)


def fresh_id(row: Row, seen: dict[str, int]) -> str:
    """The id of a row, noting one that an earlier row has. ``seen``: lines by id."""
    key = row.code("id")
    if key in seen:
        row.problem(
            f'the id "{key}" is given twice, first on line {seen[key]}', "Give each row its own id"
        )
    elif key:
        seen[key] = row.line
    return key
