"""The API's description says of each command's values what is taken: no two types share a name."""

import json
from dataclasses import fields, is_dataclass

import pytest

from dutyroom.domain import commands
from dutyroom.site.views import description

VALUES = [one for one in vars(commands).values() if isinstance(one, type) and is_dataclass(one)]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: value.__name__)
def test_a_value_is_described_by_its_own_fields(value: type) -> None:
    schema = json.loads(description())["components"]["schemas"].get(value.__name__)
    assert schema is None or set(schema["properties"]) == {one.name for one in fields(value)}
