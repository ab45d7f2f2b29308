"""Quotes: approved, finalized, sent by mail or by hand, revised, accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.shop import MAIL, open_shop, quote

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm


@pytest.mark.proves("R78")
def test_send_before_final(sqlite_crm: Crm) -> None:
    open_shop(sqlite_crm)
    number = quote(sqlite_crm, upto="approve")

    result = sqlite_crm("quote", "send", number)

    assert result.exit_code == 4
    assert result.stderr == (
        "crm: Quote 1 is approved; to send it, it must be final or sent.\n"
        "hint: crm document finalize 1\n"
    )


@pytest.mark.proves("R78")
def test_finalize_a_draft(sqlite_crm: Crm) -> None:
    open_shop(sqlite_crm)
    number = sqlite_crm.id("quote", "add", "--account", 1, "--line", "SCALE;1")

    result = sqlite_crm("quote", "finalize", number)

    assert result.exit_code == 4
    assert "hint: crm document approve 1\n" in result.stderr


@pytest.mark.proves("R79", "R85")
def test_send_by_mail(crm: Crm) -> None:
    open_shop(crm)
    number = quote(crm, upto="finalize")

    sent = crm.ok("quote", "send", number)

    (mail,) = crm.ok("outbox", "list")
    assert (sent["status"], sent["sent_at"]) == ("sent", "2026-11-23T08:00:00+00:00")
    assert mail["recipients"] == [MAIL]
    assert mail["subject"] == "Ofertă OF0001"


def test_send_without_address(sqlite_crm: Crm) -> None:
    open_shop(sqlite_crm)
    sqlite_crm("account", "edit", 1, "--email", "")
    number = quote(sqlite_crm, upto="finalize")

    result = sqlite_crm("quote", "send", number)

    assert result.exit_code == 4
    assert "Moldo Trans SRL has no e-mail address." in result.stderr
    assert (
        sqlite_crm.ok("quote", "send", number, "--to", "Ion <ion@moldo.example>")["status"]
        == "sent"
    )


def test_send_dry_run(crm: Crm) -> None:
    open_shop(crm)
    number = quote(crm, upto="finalize")

    assert crm.ok("quote", "send", number, "--dry-run")["status"] == "sent"
    assert crm.ok("quote", "show", number)["status"] == "final"
    assert crm.ok("outbox", "list") == []
    assert list(crm.home.rglob("attachments")) == []
    crm.ok("quote", "send", number)
    assert len(list(crm.home.rglob("attachments"))) == 1


@pytest.mark.proves("R80")
def test_revise(crm: Crm) -> None:
    open_shop(crm)
    first = quote(crm, "SCALE;2", "MOUNT;4", upto="send")

    revision = crm.ok("quote", "revise", first)
    crm.ok("quote", "edit", revision["id"], "--line", "SCALE;1")
    for step in ("approve", "finalize"):
        crm.ok("quote", step, revision["id"])
    crm.ok("quote", "send", revision["id"], "--by-hand")

    rows = crm.ok("quote", "list", "--columns", "label,revision,status,net,revises_id")
    assert [list(row.values()) for row in rows] == [
        ["OF0001", 0, "revised", "2134.33", None],
        ["OF0001/R1", 1, "sent", "1000.50", first],
    ]
    assert crm("quote", "accept", first).exit_code == 4
    assert crm.ok("quote", "accept", "OF0001/R1")["status"] == "accepted"


def test_remove_revision(crm: Crm) -> None:
    open_shop(crm)
    first = quote(crm, upto="send")
    revision = crm.id("quote", "revise", first)

    renumbered = crm("quote", "edit", revision, "--external-number", "X")
    crm.ok("quote", "remove", revision)

    assert renumbered.exit_code == 4
    assert "Quote 2 is a revision and keeps its number." in renumbered.stderr
    assert crm.ok("quote", "accept", first)["status"] == "accepted"


def test_refuse(sqlite_crm: Crm) -> None:
    open_shop(sqlite_crm)

    refused = sqlite_crm.ok("quote", "refuse", quote(sqlite_crm, upto="send"))

    assert (refused["status"], refused["closed_at"]) == ("refused", "2026-11-23T08:00:00+00:00")


def test_step_of_another_kind(sqlite_crm: Crm) -> None:
    open_shop(sqlite_crm)
    number = quote(sqlite_crm)

    result = sqlite_crm("document", "post", number)

    assert result.exit_code == 4
    assert (
        "'post' is no step of quote documents; they have approve, finalize, send, accept, refuse,"
        " revise." in result.stderr
    )


@pytest.mark.parametrize(
    ("language", "title", "total"),
    [
        ("ro", "Ofertă OF0001", "2.421,21 RON"),
        ("pl", "Oferta OF0001", "2 421,21 RON"),
        ("en", "Quote OF0001", "2,421.21 RON"),
    ],
)
def test_print(sqlite_crm: Crm, tmp_path: Path, language: str, title: str, total: str) -> None:
    open_shop(sqlite_crm)
    sqlite_crm("account", "edit", 1, "--language", language, "--name", "A & B <SRL>")
    number = quote(sqlite_crm, upto="finalize")

    result = sqlite_crm("quote", "print", number, "--output", tmp_path / "q.html")

    page = (tmp_path / "q.html").read_text()
    assert result.exit_code == 0, result.stderr
    assert f"<h1>{title}</h1>" in page
    assert total in page.replace("\xa0", " ")
    assert "A &amp; B &lt;SRL&gt;" in page
    assert sqlite_crm("quote", "print", number).stdout == page + "\n"


def test_print_with_own_template(sqlite_crm: Crm, tmp_path: Path) -> None:
    open_shop(sqlite_crm)
    number = quote(sqlite_crm, upto="finalize")
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "document.html.j2").write_text("<p>{{ document.gross|amount }}</p>")

    result = sqlite_crm("quote", "print", number, CRM_TEMPLATES=str(tmp_path / "own"))

    assert result.stdout == "<p>2.421,21</p>\n"
