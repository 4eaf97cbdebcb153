"""A contract that can't be used is refused with its line and the remedy; the list is closed."""

import re
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyroom.citypack.vocabulary import CODE_LISTS
from dutyroom.importing.contract import ContractRefused, load_contract, parse_contract, shipped
from dutyroom.importing.fields import FIELDS, NEEDED

pytestmark = pytest.mark.unit
TEXT = load_contract("sf-fire").text


def line_of(text: str, wanted: str) -> int:
    return text[: text.index(wanted)].count("\n") + 1


@pytest.mark.parametrize("name", ["sanjose-fire", "sf-fire"])
def test_the_shipped_contracts_are_good(name: str) -> None:
    assert shipped() == ["sanjose-fire", "sf-fire"]
    contract = load_contract(name)
    assert set(contract.columns.values()) <= FIELDS
    made = {*contract.columns.values(), *contract.also, *contract.letters_of}
    assert made >= set(NEEDED)
    assert len(contract.zone_names) == (41 if name == "sf-fire" else 0)
    for one in (*contract.categories.values(), *contract.unit_kinds.values(),
                *contract.dispositions.values(), *contract.priorities.values()):  # fmt: skip
        assert re.search("[一-鿿]", one.text.zh), one


@pytest.mark.parametrize(
    ("said", "match"),
    [
        ('[also]\nrow_id = "address"\n', r"'row_id' from 'address', which has no column"),
        ('[also]\ncall_id = "unit_id"\n', r"'call_id' of also is no field without a column"),
        ('[letters_of]\nreligion = "unit_id"\n', r"'religion' of letters_of is no field"),
    ],
)
def test_fields_are_made_only_of_columns_and_are_of_the_closed_list(said: str, match: str) -> None:
    text = load_contract("sanjose-fire").text
    text = re.sub(
        r"\[also\]\nrow_id = .*\n" if "also" in said else r"\[letters_of\]\n.*\n", said, text
    )
    with pytest.raises(ContractRefused, match=match):
        parse_contract(text, "x.toml")


def test_letters_and_copies_make_the_fields_that_have_no_column() -> None:
    contract = load_contract("sanjose-fire")
    found = contract.fields_of({"call_id": "F150019001", "unit_id": "U34A"})
    assert found == {
        "call_id": "F150019001", "unit_id": "U34A", "row_id": "F150019001", "unit_kind": "U",
    }  # fmt: skip


@pytest.mark.parametrize(
    "about_people", ["religion", "ethnicity", "health", "opinion", "surname", "age", "sex"]
)
def test_nothing_about_a_person_can_be_mapped(about_people: str) -> None:
    assert not [field for field in FIELDS if about_people in field]
    text = TEXT.replace('city = "locality"', f'{about_people} = "{about_people}"')
    with pytest.raises(ContractRefused) as refused:
        parse_contract(text, "x.toml")
    assert f"x.toml:{line_of(text, about_people + ' =')}: column" in str(refused.value)
    assert "leave the column out" in str(refused.value)


@pytest.mark.parametrize(
    ("good", "bad", "says"),
    [
        ('neighborhood_district = "zone"', 'neighborhood_district = "locality"', "two columns are mapped to 'locality'"),
        ('als_unit = "als"', "als_unit = 3", "is not a text"),
        ('zh = "医疗急救"', 'zh = " "', "'zh' of categories is empty: fill it in"),
        ('capabilities = ["ladder"]', 'capabilities = ["wings"]', "no capability 'wings'"),
        ("America/Los_Angeles", "America/Nowhere", "unknown time zone"),
        ("%H:%M:%S.%f UTC", "%H", "doesn't hold a whole time"),
        ("[-123.2, 37.6", "[37.6, -123.2", "not an area"),
        ("{ level = 1,", "{ level = 7,", "there is no level 7"),
        ('MEDIC = "M"', 'BALLOON = "M"', "no kind 'BALLOON'"),
        ("longest_wait_s = 14400", "longest_wait_s = 0", "above 0"),
        ("longest_step_s = 86400", "longest_hop_s = 86400", "there is no 'longest_hop_s' of checks: remove it"),
        ("version = 1", "version = true", "'version' is not a whole number"),
        ('name = "sf-fire"', 'name = "../sf"', "not a name"),
        ('name = "sf-fire"', 'name = "demo"', "not a name"),
        ("words = []", 'words = ""', "'words' of categories is not a list"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_line(good: str, bad: str, says: str) -> None:
    text = TEXT.replace(good, bad, 1)
    assert text != TEXT
    with pytest.raises(ContractRefused) as refused:
        parse_contract(text, "x.toml")
    lines = [line for line in str(refused.value).splitlines() if says in line]
    assert lines, refused.value
    assert lines[0].startswith(f"x.toml:{line_of(text, bad)}: ")


def test_a_value_has_one_meaning() -> None:
    text = TEXT.replace('value = "Alarms"', 'value = "Medical Incident"')
    second = text.index('value = "Medical Incident"', text.index('value = "Medical Incident"') + 1)
    says = f"x.toml:{text[:second].count(chr(10)) + 1}: 'Medical Incident' is given twice: keep one"
    with pytest.raises(ContractRefused, match=says):
        parse_contract(text, "x.toml")


@pytest.mark.parametrize("field", NEEDED)
def test_a_needed_field_must_be_mapped(field: str) -> None:
    text = re.sub(rf'^\w+ = "{field}"\n', "", TEXT, flags=re.MULTILINE)
    with pytest.raises(ContractRefused, match=f"no column is mapped to '{field}': add one"):
        parse_contract(text, "x.toml")


def test_everything_that_is_wrong_is_reported_at_once() -> None:
    with pytest.raises(ContractRefused) as refused:
        parse_contract('name = "x"\n[columns]\nreligion = "religion"\n', "x.toml")
    lines = str(refused.value).splitlines()
    assert any(line.startswith("x.toml:3: column 'religion'") for line in lines)
    assert any("'time_zone' is missing: add it" in line for line in lines)


def test_a_contract_that_is_not_there_is_refused_with_the_ones_that_are() -> None:
    with pytest.raises(ContractRefused, match="sf-fire"):
        load_contract("no-such-contract")


def test_what_is_not_toml_is_refused() -> None:
    with pytest.raises(ContractRefused, match="line 1"):
        parse_contract("name = = 1", "x.toml")


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@given(st.data())
def test_no_contract_crashes(data: st.DataObject) -> None:
    """One part of the good contract is something else."""
    from dutyroom.importing.contract_checks import problems

    contract = tomllib.loads(TEXT)
    part = data.draw(st.sampled_from(sorted(contract)))
    inner = contract[part]
    if isinstance(inner, dict) and data.draw(st.booleans()):
        inner[data.draw(st.sampled_from(sorted(inner)))] = data.draw(_VALUES)
    elif isinstance(inner, list) and data.draw(st.booleans()):
        entry = data.draw(st.sampled_from(inner))
        entry[data.draw(st.sampled_from(sorted(entry)))] = data.draw(_VALUES)
    else:
        contract[part] = data.draw(_VALUES)
    for line, what, remedy in problems(contract, TEXT):
        assert 1 <= line <= TEXT.count("\n") + 1
        assert what
        assert remedy


def test_contracts_leave_the_lists_of_reasons_to_the_pack() -> None:
    assert "dispositions" in CODE_LISTS
    with pytest.raises(ContractRefused, match="there is no 'clear_reasons': remove it"):
        parse_contract(TEXT + '\n[clear_reasons]\ndone = "done"\n', "x.toml")
