"""The three-way comparison of a sheet that was exported, edited and brought back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_cli.imports.matching.comparing import Verdict, compare, weigh

VALUES = st.sampled_from([None, "", "a", "b", 1, ()])
RECORDS = st.fixed_dictionaries({"name": VALUES, "city": VALUES, "note": VALUES})


@pytest.mark.parametrize(
    ("states", "verdict"),
    [
        (("a", "a", "a"), Verdict.UNCHANGED),
        (("a", "b", "a"), Verdict.TAKE),
        (("a", "a", "b"), Verdict.KEEP),
        (("a", "b", "b"), Verdict.AGREE),
        (("a", "b", "c"), Verdict.CONFLICT),
        (("a", None, "c"), Verdict.CONFLICT),
        (("a", None, "a"), Verdict.TAKE),
    ],
)
def test_compare(states: tuple[str | None, ...], verdict: Verdict) -> None:
    assert compare(*states) is verdict


@given(RECORDS, RECORDS, RECORDS)
def test_lose_no_change(
    exported: dict[str, object], sheet: dict[str, object], now: dict[str, object]
) -> None:
    for name, verdict in weigh(exported, sheet, now).items():
        written = sheet[name] if verdict is Verdict.TAKE else now[name]
        ours, theirs = sheet[name] != exported[name], now[name] != exported[name]
        assert (verdict is Verdict.CONFLICT) == (ours and theirs and sheet[name] != now[name])
        if verdict is not Verdict.CONFLICT:
            assert written == (sheet[name] if ours else now[name])


@given(RECORDS, RECORDS)
def test_keep_all_of_a_sheet_nobody_edited(
    exported: dict[str, object], now: dict[str, object]
) -> None:
    verdicts = set(weigh(exported, exported, now).values())

    assert verdicts <= {Verdict.UNCHANGED, Verdict.KEEP}


def test_say_nothing_of_blank_cells() -> None:
    assert weigh({"name": "a", "city": "b"}, {}, {"name": "a", "city": "c"}) == {}


def test_call_any_difference_a_conflict_where_the_past_is_unknown() -> None:
    found = weigh(None, {"name": "a", "city": "b"}, {"name": "a", "city": "c"})

    assert found == {"name": Verdict.UNCHANGED, "city": Verdict.CONFLICT}
