"""The API's description says of each command's values what is taken: no two types share a name."""

import json
from dataclasses import fields, is_dataclass

import pytest

from dutyroom.domain import COMMANDS, values
from dutyroom.site.views import description

VALUES = [one for one in vars(values).values() if isinstance(one, type) and is_dataclass(one)]


@pytest.mark.parametrize("kind", [*COMMANDS.values(), *VALUES], ids=lambda kind: kind.__name__)
def test_a_value_is_described_by_its_own_fields(kind: type) -> None:
    schema = json.loads(description())["components"]["schemas"].get(kind.__name__)
    assert schema is None or set(schema.get("properties", ())) == {one.name for one in fields(kind)}


@pytest.mark.parametrize("verb", COMMANDS)
def test_a_command_says_in_words_what_it_does(verb: str) -> None:
    said = json.loads(description())["paths"][f"/api/actions/{verb}"]["post"]["description"]
    assert said.rstrip().endswith(".")
    assert not said.startswith(f"{COMMANDS[verb].__name__}(")
