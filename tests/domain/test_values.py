"""Values that records share."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from dutyroom.domain.values import has_id, with_id

FEW = st.builds(UUID, int=st.integers(0, 5))


@given(st.lists(FEW).map(tuple), FEW)
def test_an_id_is_found_among_others_and_comes_in_once(ids: tuple[UUID, ...], id_: UUID) -> None:
    assert has_id(ids, id_) == (id_ in ids)
    assert with_id(ids, id_) == (ids if id_ in ids else (*ids, id_))
