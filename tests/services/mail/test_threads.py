"""Mails of one conversation have one thread, in whatever order they come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.letters import client, import_mail, write_eml, write_text

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm

QUESTION = {"Subject": "Stivuitor", "Message-ID": "<q@moldo.example>"}
ANSWER = {
    "Subject": "Urgent",
    "From": "ana@firma.example",
    "To": "depozit@moldo.example",
    "References": "<q@moldo.example>",
}
LATER = {"Subject": "Gata", "References": "<q@moldo.example> <answer@moldo.example>"}


def threads(crm: Crm) -> set[str]:
    return {mail["thread"] for mail in crm.ok("mail", "list", "--columns", "thread")}


@pytest.mark.parametrize(
    "order", [("question", "answer", "later"), ("later", "answer", "question"), None]
)
@pytest.mark.parametrize("is_known", [True, False])
def test_follow_references(
    sqlite_crm: Crm, tmp_path: Path, order: tuple[str, ...] | None, *, is_known: bool
) -> None:
    if is_known:
        client(sqlite_crm)
    files = {
        "question": write_eml(tmp_path, "question", **QUESTION),
        "answer": write_eml(tmp_path, "answer", **ANSWER),
        "later": write_eml(tmp_path, "later", **LATER),
    }

    for batch in ([files[name]] for name in order) if order else [[*files.values()][::-1]]:
        import_mail(sqlite_crm, *batch)

    assert len(threads(sqlite_crm)) == 1


def test_answer_comes_before_its_question(crm: Crm, tmp_path: Path) -> None:
    import_mail(crm, write_eml(tmp_path, "answer", **ANSWER))
    import_mail(crm, write_eml(tmp_path, "question", **QUESTION))

    assert len(threads(crm)) == 1


@pytest.mark.parametrize(
    "prefix", ["Re: ", "RE[2]: ", "Odp: ", "RĂSP: ", "AW: ", "FW: Re: ", "[EXTERNAL] Re: "]
)
def test_follow_subjects(sqlite_crm: Crm, tmp_path: Path, prefix: str) -> None:
    import_mail(
        sqlite_crm,
        write_text(tmp_path, "one", ("x@moldo.example", "Stivuitor", "Nu merge.")),
        write_text(tmp_path, "two", ("x@moldo.example", f"{prefix}stivuitor", "Tot nu.")),
    )

    assert len(threads(sqlite_crm)) == 1


def test_tell_mails_without_subject_apart(sqlite_crm: Crm, tmp_path: Path) -> None:
    mails = [("x@moldo.example", subject, f"{subject}!") for subject in ("", "Re: ", "")]

    import_mail(sqlite_crm, write_text(tmp_path, "one", *mails))

    assert len(threads(sqlite_crm)) == 2


def test_follow_the_account_that_mail_is_given_to(sqlite_crm: Crm, tmp_path: Path) -> None:
    import_mail(sqlite_crm, write_eml(tmp_path, "one", Subject="Stivuitor"))

    client(sqlite_crm)
    import_mail(sqlite_crm, write_eml(tmp_path, "two", Subject="Re: Stivuitor"))

    assert threads(sqlite_crm) == {"stivuitor / account 1"}
