"""Writes the tables of docs/reference/events.md and api.md from the types themselves, between the
lines that mark them; ``--check`` only compares.

.venv/bin/python tools/reference_tables.py [--check]
"""

import dataclasses
import os
import sys
import tempfile
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Final,
    Literal,
    TypeAliasType,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)
from uuid import UUID

DOCS: Final = Path(__file__).resolve().parent.parent / "docs" / "reference"
BEGIN: Final = "<!-- Made by tools/reference_tables.py: {} -->"
END: Final = "<!-- End of what is made -->"
PLAIN: Final[Mapping[Any, str]] = {
    str: "text", int: "int", float: "number", bool: "bool", UUID: "id", NoneType: "null",
}  # fmt: skip


def events() -> str:
    """The events of each kind of record: what they say, and a line for each field of the body."""
    from dutyroom.domain import AGGREGATES

    lines: list[str] = []
    for record in AGGREGATES:
        lines += [f"### {record.name}", ""]
        for kind in record.events:
            words = said(kind)
            lines += wrapped(f"- **`{kind.TYPE}`**" + (f": {words}" if words else ""), "  ")
            lines += listed(kind, "  ")
        lines.append("")
    return "\n".join(lines).rstrip()


def listed(kind: type, indent: str) -> list[str]:
    """A line for each field; what a field is made from stands beneath it."""
    lines = []
    for name, hint in hints_of(kind).items():
        lines.append(f"{indent}- `{name}`: {worded(hint)}")
        for inner in inside(hint):
            lines += listed(inner, indent + "  ")
    return lines


def inside(hint: Any) -> Iterator[type]:
    """The dataclasses that a type is made from."""
    if isinstance(hint, TypeAliasType):
        yield from inside(hint.__value__)
    elif dataclasses.is_dataclass(hint) and isinstance(hint, type):
        yield hint
    else:
        for one in get_args(hint):
            yield from inside(one)


def wrapped(text: str, indent: str = "") -> list[str]:
    """A paragraph in lines of at most 100 characters."""
    return textwrap.wrap(
        text, 100, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def hints_of(kind: type) -> dict[str, Any]:
    """The fields of a dataclass with their types, and what those are marked with."""
    hints = get_type_hints(kind, include_extras=True)
    return {one.name: hints[one.name] for one in dataclasses.fields(kind)}


def worded(hint: Any) -> str:
    """A Python type in the words of this page."""
    if isinstance(hint, TypeAliasType):
        return worded(hint.__value__)
    if hint in PLAIN:
        return PLAIN[hint]
    args = get_args(hint)
    if get_origin(hint) is Annotated:
        return marked(*args)
    if get_origin(hint) is Literal:
        return " or ".join(f"`{one}`" for one in args)
    if get_origin(hint) in (Union, UnionType):
        return " or ".join(worded(one) for one in args)
    if get_origin(hint) is tuple:
        inner = [worded(one) for one in args if one is not Ellipsis]
        return f"[{inner[0]}, …]" if args[-1] is Ellipsis else f"[{', '.join(inner)}]"
    return "object"


def marked(base: type, mark: object) -> str:
    """What a text, an id or a number is of."""
    from dutyroom.domain.marked import CodeOf, IdOf, OneOf

    match mark:
        case IdOf(kind):
            return f"{kind} id"
        case CodeOf(codes):
            return f"{'code' if base is str else PLAIN[base]} of `{codes}`"
        case OneOf(values):
            return " or ".join(f"`{one}`" for one in values)
    return worded(base)


def said(kind: type) -> str:
    """What a class is documented with; nothing where nobody wrote anything."""
    words = " ".join((kind.__doc__ or "").split())
    return "" if words.startswith(f"{kind.__name__}(") else words.replace("``", "`")


def cell(text: str) -> str:
    """A text as a cell of a table."""
    return text.replace("|", "\\|")


def routes() -> str:
    """One row per route, then a section for every type that is named."""
    from dutyroom.api.router import description

    found = description()
    lines = ["| route | takes | answers | may refuse |", "|---|---|---|---|"]
    for path, methods in found["paths"].items():
        for method, one in methods.items():
            content = one["responses"]["200"]["content"]
            answers = " or ".join(shaped(kind["schema"]) for kind in content.values())
            refuses = " ".join(s for s in one["responses"] if s in ("404", "409", "429"))
            route = f"`{method.upper()} {path}`"
            lines.append(f"| {route} | {cell(taken(one))} | {cell(answers)} | {refuses} |")
    schemas: dict[str, Any] = found["components"]["schemas"]
    for name in sorted(answered(found)):
        lines += ["", *section(name, schemas[name])]
    return "\n".join(lines)


def taken(operation: dict[str, Any]) -> str:
    """What a route takes: what is in its query, the type of its body."""
    query = [f"`?{one['name']}`" for one in operation.get("parameters", ()) if one["in"] == "query"]
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    kinds = (f"`{name}`" for name in names_in(body))  # they have no section of their own
    return " ".join([*query, *kinds])


def answered(found: dict[str, Any]) -> set[str]:
    """The names of all types that are answered, with those that they are made from."""
    schemas = found["components"]["schemas"]
    operations = [one for methods in found["paths"].values() for one in methods.values()]
    waiting = list(names_in([one["responses"] for one in operations]))
    waiting += names_in(found["components"]["responses"])
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += names_in(schemas[name])
    return seen


def names_in(schema: Any) -> Iterator[str]:
    """The types that a schema refers to."""
    if isinstance(schema, dict):
        reference = schema.get("$ref", "")
        if "/schemas/" in reference:
            yield reference.rpartition("/")[2]
        for inner in schema.values():
            yield from names_in(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from names_in(inner)


def section(name: str, schema: dict[str, Any]) -> list[str]:
    """A type: what it says, and a row for each field; one that isn't always there has a question
    mark."""
    required = schema.get("required", ())
    words = " ".join(schema.get("description", "").split()).replace("``", "`")
    lines = [f"### {name}", *wrapped(words.replace("None", "null"))]
    fields = schema.get("properties", {})
    if fields:
        lines += ["", "| field | type |", "|---|---|"]
    for field, one in fields.items():
        mark = "" if field in required else "?"
        lines.append(f"| `{field}`{mark} | {cell(shaped(one))} |")
    return lines


def shaped(schema: dict[str, Any]) -> str:
    """A JSON schema in the words of this page."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "enum" in schema:
        return " or ".join(f"`{str(one).lower() if one in (True, False) else one}`"
                           for one in schema["enum"])  # fmt: skip
    if "anyOf" in schema:
        return " or ".join(shaped(one) for one in schema["anyOf"])
    match schema.get("type"):
        case "array" if "prefixItems" in schema:
            return f"[{', '.join(shaped(one) for one in schema['prefixItems'])}]"
        case "array":
            return f"[{shaped(schema['items'])}, …]"
        case "object":
            inner = schema.get("additionalProperties", True)
            return f"{{text: {shaped(inner)}}}" if isinstance(inner, dict) else "{…}"
        case "string":
            return "file" if schema.get("format") == "binary" else "text"
        case kind:
            return {"integer": "int", "boolean": "bool", None: "any"}.get(kind, str(kind))


def with_table(page: str, name: str, table: str) -> str:
    """The page with this table in the place that is marked for it."""
    begin = BEGIN.format(name)
    before, _, rest = page.partition(begin)
    _, marked, after = rest.partition(END)
    if not marked:
        raise SystemExit(f"no place is marked for {name}: {begin} … {END}")
    return f"{before}{begin}\n\n{table}\n\n{END}{after}"


def main() -> None:
    """Write both pages, or compare them."""
    import django

    django.setup()
    for file, name, make in (("events.md", "events", events), ("api.md", "routes", routes)):
        page = (DOCS / file).read_text(encoding="utf-8")
        made = with_table(page, name, make())
        if "--check" not in sys.argv[1:]:
            (DOCS / file).write_text(made, encoding="utf-8")
        elif made != page:
            raise SystemExit(f"{file} is old: .venv/bin/python tools/reference_tables.py")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dutyroom.site.settings")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DUTYROOM_HOME"] = folder  # never somebody's own
        main()
