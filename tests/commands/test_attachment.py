"""`crm attachment`: files of mails, kept once, saved under safe names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.letters import client, import_mail, write_eml, write_text

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm


@pytest.mark.proves("R141")
def test_list(crm: Crm, tmp_path: Path) -> None:
    client(crm)
    import_mail(crm, write_eml(tmp_path, "Oferta", File="plan.pdf"), "--task")

    result = crm("attachment", "list", "--where", "task = 1")

    assert result.stdout == (
        "ID  NAME      SIZE  MEDIA_TYPE       MAIL\n 1  plan.pdf    13  application/pdf  Oferta\n"
    )


@pytest.mark.proves("R141")
def test_show_with_the_task(sqlite_crm: Crm, tmp_path: Path) -> None:
    client(sqlite_crm)
    import_mail(sqlite_crm, write_eml(tmp_path, "Oferta", File="plan.pdf"), "--task")

    result = sqlite_crm("task", "show", 1, "--columns", "id,subject")

    assert result.stdout == (
        "id       1\n"
        "subject  Oferta\n"
        "\n"
        "files\n"
        "ID  NAME      SIZE  MEDIA_TYPE       MAIL\n"
        " 1  plan.pdf    13  application/pdf  Oferta\n"
    )


@pytest.mark.proves("R142")
def test_save_several(crm: Crm, tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_eml(tmp_path / "mail", name, File="../../plan.pdf")
    import_mail(crm, tmp_path / "mail")
    folder = tmp_path / "saved"
    folder.mkdir()

    saved = crm.ok("attachment", "save", 1, 2, "--to", folder)

    assert [row["saved_as"] for row in saved] == [f"{folder}/plan.pdf", f"{folder}/plan (2).pdf"]
    assert (folder / "plan.pdf").read_bytes() == b"%PDF ../../plan.pdf"
    assert len(list(crm.home.glob("**/attachments/??/*"))) == 1


def test_save_what_was_not_exported(sqlite_crm: Crm, tmp_path: Path) -> None:
    file = write_text(tmp_path, "one", ("x@y.example", "Oferta\nAtaşări:\tplan.pdf", "Bună!"))
    import_mail(sqlite_crm, file)

    result = sqlite_crm("attachment", "save", 1)

    assert result.exit_code == 4
    assert result.stderr == (
        "crm: The mail only names 'plan.pdf'; the file was not exported with it.\n"
        "hint: crm mail show 1\n"
    )


def test_save_those_that_are_there(sqlite_crm: Crm, tmp_path: Path) -> None:
    named = write_text(tmp_path, "one", ("x@y.example", "Oferta\nAtaşări:\tplan.pdf", "Bună!"))
    import_mail(sqlite_crm, named, write_eml(tmp_path, "two", File="schema.pdf"))

    result = sqlite_crm("attachment", "save", 1, 2, "--to", tmp_path, "--columns", "id,name")

    assert (result.exit_code, result.stdout) == (6, "id    2\nname  schema.pdf\n")
    assert result.stderr == (
        "crm: 1 of the attachments could not be written; the others are.\n"
        "  The mail only names 'plan.pdf'; the file was not exported with it.\n"
    )
    assert (tmp_path / "schema.pdf").exists()


def test_save_what_lies_in_another_folder(sqlite_crm: Crm, tmp_path: Path) -> None:
    import_mail(sqlite_crm, write_eml(tmp_path, "one", File="one.pdf"))
    sqlite_crm("setting", "set", "attachments.folder", str(tmp_path / "kept"))
    import_mail(sqlite_crm, write_eml(tmp_path, "two", File="two.pdf"))

    result = sqlite_crm("attachment", "save", 1, 2, "--to", tmp_path)
    alone = sqlite_crm("attachment", "save", 1, "--to", tmp_path)

    assert (result.exit_code, (tmp_path / "two.pdf").exists()) == (6, True)
    assert (alone.exit_code, alone.stderr.splitlines()[1:]) == (
        3, ["hint: crm setting get attachments.folder"],
    )  # fmt: skip


def test_save_into_a_folder_that_is_not_there(sqlite_crm: Crm) -> None:
    result = sqlite_crm("attachment", "save", 1, "--to", "/nowhere")

    assert result.exit_code == 2
    assert "Directory '/nowhere' does not exist." in result.stderr
