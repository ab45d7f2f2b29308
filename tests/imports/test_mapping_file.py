"""A saved mapping is read whole, and refused by name where it is not understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crm_cli.errors import InvalidData, NotFound
from crm_cli.imports.columns.mapping_file import MappingFile, read_mapping_file
from crm_cli.imports.plans.nouns import plan_of

if TYPE_CHECKING:
    from pathlib import Path

ACCOUNT = plan_of("account")
MAPPING = """
[import]
key = ["name", "city"]
on_match = "skip"
create_missing = "employee"
locale = "pl"

[columns]
"Titlu = firma" = "name"
Zodie = ""

[values.language]
"Română" = "ro"
Inna = ""

[constants]
turnover = 10.5

[defaults]
industry = "IT"
"""


def saved(tmp_path: Path, text: str) -> MappingFile:
    """A mapping of accounts."""
    path = tmp_path / "list.toml"
    path.write_text(text, encoding="utf-8")
    return read_mapping_file(path, ACCOUNT)


def test_read(tmp_path: Path) -> None:
    assert saved(tmp_path, MAPPING) == MappingFile(
        columns={"Titlu = firma": "name", "Zodie": ""},
        words={("account", "language"): {"romana": "ro", "inna": ""}},
        constants={"turnover": "10.5"},
        defaults={"industry": "IT"},
        choices={
            "key": "name,city",
            "on_match": "skip",
            "create_missing": "employee",
            "locale": "pl",
        },
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[colums]", "there is no section colums."),
        ("[import]\nkeys = 'name'", "there is no key in [import] keys."),
        ("[import]\non_match = 'merge'", "there is no word for on_match merge."),
        ("[columns]\nTitlu = 'nme'", "there is no field nme (for 'Titlu')."),
        ("[values.zodie]\na = 'b'", "there is no field in [values] zodie."),
        ("[constants]\nzodie = 'Leu'", "there is no field in [constants] zodie."),
        ("[values]\nlanguage = 'ro'", "[values.language] is to be a table, not 'ro'."),
        ("[columns]\nTitlu = {a = 'name'}", "'Titlu' in [columns] is to be one value."),
    ],
)
def test_refuse_what_is_not_known(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InvalidData) as refused:
        saved(tmp_path, text)

    assert refused.value.message == f"{tmp_path / 'list.toml'}: {message}"


def test_name_the_line_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InvalidData, match="line 2"):
        saved(tmp_path, "[columns]\nTel. kom. = 'phone'")


def test_refuse_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"There is no file .*none\.toml"):
        read_mapping_file(tmp_path / "none.toml", ACCOUNT)
