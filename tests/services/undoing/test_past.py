"""Records as they were at a version, rebuilt from the audit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine
from sqlmodel import Session

from crm_cli.audit import UNRECORDED
from crm_cli.services.undoing.past import past
from schema.account import Account
from tests.execute import execute

if TYPE_CHECKING:
    from tests.conftest import Crm


def at(crm: Crm, versions: dict[int, int]) -> dict[int, dict[str, Any]]:
    """The accounts as they were at these versions."""
    url = crm.url.replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(url)
    with Session(engine) as session:
        found = past(session, Account, versions)
    engine.dispose()
    return found


def test_go_back(crm: Crm) -> None:
    crm.id("account", "add", "--name", "Alfa", "--turnover", "12,50", "--relations", "supplier")
    crm.id("account", "add", "--name", "Beta")
    first = at(crm, {1: 1, 2: 1})
    crm.ok("account", "edit", 1, "--name", "Alfa SRL", "--turnover", "", "--relations", "")
    crm.ok("account", "edit", 1, "--name", "Gama", "--city", "Iași")
    crm.ok("account", "remove", 2)

    assert at(crm, {1: 1, 2: 1}) == first
    assert at(crm, {1: 2})[1] == first[1] | {
        "name": "Alfa SRL",
        "name_folded": "alfa",
        "turnover": None,
        "relations": (),
    }
    assert at(crm, {1: 3})[1]["city"] == "Iași"


def test_go_back_before_a_removal_that_was_undone(crm: Crm) -> None:
    crm.id("account", "add", "--name", "Alfa")
    crm.ok("account", "edit", 1, "--city", "Iași")
    crm.ok("account", "remove", 1)
    crm.ok("undo")
    crm.ok("account", "edit", 1, "--city", "Cluj")

    found = [at(crm, {1: version})[1]["city"] for version in (1, 2, 3, 4)]

    assert found == [None, "Iași", "Iași", "Cluj"]


def test_leave_out_what_never_was(sqlite_crm: Crm) -> None:
    sqlite_crm.id("account", "add", "--name", "Alfa")
    sqlite_crm.id("account", "add", "--name", "Beta")
    sqlite_crm.ok("account", "edit", 2, "--city", "Iași")
    execute(sqlite_crm.url, "UPDATE audit SET salt = '', old = NULL, new = NULL")

    assert at(sqlite_crm, {1: 2, 2: 1, 3: 1}) == {}


CHANGES = st.lists(
    st.dictionaries(
        st.sampled_from(["--city", "--note", "--turnover", "--industry"]),
        st.sampled_from(["", "1", "25", "300"]),
        min_size=1,
    ),
    max_size=4,
)


@settings(max_examples=6)
@given(CHANGES)
def test_go_back_to_any_version(sqlite_crm: Crm, changes: list[dict[str, str]]) -> None:
    number = sqlite_crm.id("account", "add", "--name", "Alfa")
    states = {1: at(sqlite_crm, {number: 1})[number]}
    for change in changes:
        words = [word for pair in change.items() for word in pair]
        version = sqlite_crm.ok("account", "edit", number, *words)["version"]
        states[version] = at(sqlite_crm, {number: version})[number]

    assert {version: at(sqlite_crm, {number: version})[number] for version in states} == states
    assert not UNRECORDED.intersection(states[1])
    sqlite_crm.ok("account", "remove", number)
