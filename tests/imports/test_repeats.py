"""Rows of one file that stand for the same record, however far apart they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from crm_cli.imports.checking import TOGETHER
from crm_cli.imports.matching.repeats import Repeats
from crm_cli.imports.plans.nouns import plan_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm

ACCOUNT = plan_of("account").parts[0]
FACTS = st.fixed_dictionaries(
    {"name_folded": st.sampled_from("abcd")},
    optional={"email": st.sampled_from("xyz"), "code": st.sampled_from("12")},
)


def test_a_row_repeats_one_that_was_checked_long_before(sqlite_crm: Crm, tmp_path: Path) -> None:
    codes = [f"K{number}" for number in range(2 * TOGETHER + 10)]
    codes[TOGETHER + 2] = codes[1]
    codes[2 * TOGETHER + 5] = codes[2 * TOGETHER + 1]
    file = tmp_path / "accounts.csv"
    rows = (f"Firma {number},{code}\n" for number, code in enumerate(codes))
    file.write_text("Name,Code\n" + "".join(rows), encoding="utf-8")

    run = sqlite_crm("account", "import", file, "--skip-bad-rows")

    assert run.exit_code == 6
    assert f"{len(codes) - 2} created, 0 updated, 0 unchanged, 2 rejected" in run.stderr
    assert f"row {TOGETHER + 4}, Code, 'K1': Row 3 has the same code." in run.stderr
    assert (
        f"row {2 * TOGETHER + 7}, Code, 'K{2 * TOGETHER + 1}': "
        f"Row {2 * TOGETHER + 3} has the same code."
    ) in run.stderr


@given(st.lists(st.lists(FACTS, max_size=4), max_size=4))
def test_rows_that_are_new_together_are_new_one_by_one(
    portions: list[list[dict[str, str]]],
) -> None:
    together, one_by_one = Repeats(ACCOUNT), Repeats(ACCOUNT)
    row = 0
    for portion in portions:
        numbered = list(enumerate(portion, start=row + 1))
        row += len(portion)
        seen = [(number, ACCOUNT.known_by(values)) for number, values in numbered]
        are_new = together.remember_if_new(seen)
        alone = [one_by_one.earlier(number, values) for number, values in numbered]
        if are_new:
            assert alone == [None] * len(portion)
        else:
            assert alone == [together.earlier(number, values) for number, values in numbered]
