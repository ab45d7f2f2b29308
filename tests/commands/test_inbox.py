"""`crm inbox`: messages that need no mail server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Crm


@pytest.fixture
def team(crm: Crm) -> Crm:
    """Ana alone, Jan and Maria in a team, Maria a manager."""
    crm("team", "add", "--code", "sales", "--name-en", "Sales")
    crm("employee", "add", "--name", "Jan", "--login", "jan", "--team", "sales")
    crm(
        *("employee", "add", "--name", "Maria", "--login", "maria", "--team", "sales"),
        *("--category", "Manager"),
    )
    return crm


@pytest.mark.proves("R117", "R137")
def test_send(team: Crm) -> None:
    sent = team.ok("inbox", "send", "Ședință la 15", "--to", "@sales", "--to", "%manager")

    assert [(message["recipient"], message["sender"]) for message in sent] == [
        ("Jan", "Ana Pop"),
        ("Maria", "Ana Pop"),
    ]


def test_send_to_my_own_team(sqlite_crm: Crm) -> None:
    """Who writes to colleagues has read it already, unless he names himself."""
    sqlite_crm("team", "add", "--code", "sales", "--name-en", "Sales")
    sqlite_crm("employee", "add", "--name", "Jan", "--login", "jan", "--team", "sales")
    sqlite_crm("employee", "edit", "me", "--team", "sales", "--category", "Manager")

    for to in ("@sales", "%manager", "me"):
        sqlite_crm("inbox", "send", "Salut", "--to", to, "--to", "jan")

    assert len(sqlite_crm.ok("inbox", "list")) == 1
    assert len(sqlite_crm.ok("inbox", "list", "--sent")) == 4


def test_list(team: Crm) -> None:
    team("inbox", "send", "Ședință la 15", "--to", "me")
    team("inbox", "send", "Altceva", "--to", "jan")

    result = team("inbox")

    assert result.stdout == (
        "ID  RECEIVED_AT       SENDER   TEXT\n 1  2026-11-23 10:00  Ana Pop  Ședință la 15\n"
    )
    assert team("inbox", "list").stdout == result.stdout


def test_read(team: Crm) -> None:
    team("inbox", "send", "Ședință la 15", "--to", "me")

    read = team.ok("inbox", "read", "1")

    assert read["read_at"] == "2026-11-23T08:00:00+00:00"
    assert team.ok("inbox") == []
    assert [message["id"] for message in team.ok("inbox", "list", "--all")] == [1]


def test_read_all_that_is_new(team: Crm) -> None:
    team("inbox", "send", "Ședință la 15", "--to", "me", "--to", "jan")
    team("inbox", "send", "Altceva", "--to", "me")

    read = team("inbox", "read", "-q")
    again = team("inbox", "read")

    assert (read.stdout, read.stderr) == ("1\n3\n", "")
    assert (again.exit_code, again.stdout, again.stderr) == (0, "", "There is nothing to read.\n")
    team.user = "jan"
    assert [message["id"] for message in team.ok("inbox")] == [2]


def test_choose_among_my_own(team: Crm) -> None:
    team("inbox", "send", "Ședință", "--to", "jan", "--to", "maria", "--to", "me")

    read = team.ok("inbox", "read", "--where", "text ~ Ședință", "--yes")
    put_back = team.ok("inbox", "unread", "--where", "id > 0", "--yes")

    assert [message["id"] for message in (read, put_back)] == [3, 3]
    assert put_back["read_at"] is None
    assert [message["id"] for message in team.ok("inbox")] == [3]


def test_reply(team: Crm) -> None:
    team("inbox", "send", "Ședință la 15\nAduceți oferta", "--to", "jan")
    team.user = "jan"

    sent = team("inbox", "reply", 1, "Vin")
    team.user = "ana"
    team("inbox", "reply", 2, "Bine")

    assert sent.stdout == (
        "id            2\n"
        "received_at   2026-11-23 10:00\n"
        "sender        Jan\n"
        "sender_id     2\n"
        "text          Vin\n"
        "              > Ședință la 15\n"
        "              > Aduceți oferta\n"
        "recipient     Ana Pop\n"
        "recipient_id  1\n"
    )
    team.user = "jan"
    assert [message["text"] for message in team.ok("inbox")] == ["Bine\n> Vin"]


def test_reply_to_a_job(sqlite_crm: Crm) -> None:
    sqlite_crm("task", "add", "Sună", "--due", "today@09:00", "--remind", "message")
    sqlite_crm("job", "run", "remind")

    result = sqlite_crm("inbox", "reply", 1, "Bine")

    assert (result.exit_code, result.stderr) == (
        4,
        "crm: Message 1 was not sent by an employee: nobody would get an answer.\n",
    )


def test_list_what_i_sent(team: Crm) -> None:
    team("inbox", "send", "Ședință", "--to", "@sales")
    team.user = "maria"
    team("inbox", "read", 2)
    team.user = "ana"

    assert team("inbox", "list", "--sent").stdout == (
        "ID  RECEIVED_AT       TEXT     RECIPIENT  READ_AT\n"
        " 1  2026-11-23 10:00  Ședință  Jan\n"
        " 2  2026-11-23 10:00  Ședință  Maria      2026-11-23 10:00\n"
    )


def test_send_to_somebody_without_login(sqlite_crm: Crm) -> None:
    sqlite_crm("employee", "add", "--name", "Petru")

    result = sqlite_crm("inbox", "send", "Salut", "--to", "Petru", "-q")

    assert (result.exit_code, result.stdout) == (0, "1\n")
    assert result.stderr == (
        "warning: Petru has no login to read messages with: crm employee edit 2 --login LOGIN\n"
    )


def test_read_message_of_another(team: Crm) -> None:
    team("inbox", "send", "Secret", "--to", "jan")

    result = team("inbox", "read", "1")

    assert (result.exit_code, result.stderr) == (
        3,
        "crm: Message 1 is not in your inbox.\nhint: crm inbox list --all\n",
    )


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["  ", "--to", "me"], 5, "The message is empty."),
        (["Salut", "--to", "@nobody"], 3, "There is no team 'nobody'."),
        (["Salut"], 2, "Missing option '--to'"),
    ],
)
def test_send_refused(sqlite_crm: Crm, words: list[str], code: int, sentence: str) -> None:
    result = sqlite_crm("inbox", "send", *words)

    assert result.exit_code == code
    assert sentence in result.stderr


def test_send_to_team_without_members(sqlite_crm: Crm) -> None:
    sqlite_crm("team", "add", "--code", "empty", "--name-en", "Empty")

    result = sqlite_crm("inbox", "send", "Salut", "--to", "@empty")

    assert (result.exit_code, result.stderr) == (5, "crm: The message has no recipient.\n")


def test_read_unknown_message(sqlite_crm: Crm) -> None:
    result = sqlite_crm("inbox", "read", "99")

    assert (result.exit_code, result.stderr) == (
        3,
        "crm: There is no message with id 99.\nhint: `crm inbox list --all` shows them.\n",
    )


@pytest.mark.parametrize("words", [["send", "Vin", "--to", "2"], ["reply", "1", "Vin"]])
def test_undo_stops_at_a_message(sqlite_crm: Crm, words: list[str]) -> None:
    """It took back the command before, of which nobody thought."""
    crm = sqlite_crm
    crm.ok("employee", "add", "--name", "Maria", "--login", "maria")
    crm.ok("inbox", "send", "Vii?", "--to", "1", CRM_USER="maria")
    crm.ok("account", "add", "--name", "Moldo Trans SRL")
    crm.ok("inbox", *words)

    undone = crm("undo")

    assert (undone.exit_code, undone.stderr.rpartition("' ")[2]) == (
        4,
        (
            "sent a message, which may have been read: it stays.\n"
            "hint: crm undo NUMBER takes back an earlier command, by its number in crm audit"
            " show.\n"
        ),
    )
    assert [row["name"] for row in crm.ok("account", "list")] == ["Moldo Trans SRL"]
    assert crm("audit", "verify").exit_code == 0
