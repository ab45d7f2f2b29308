"""What the database itself refuses ends in one sentence and a hint."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crm_cli.bulk import add_all
from crm_cli.errors import Conflict
from crm_cli.start import make_app
from schema.account import Account

if TYPE_CHECKING:
    from tests.conftest import Crm


def test_say_what_to_do_about_a_key_that_is_taken(
    crm: Crm, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in crm.environment.items():
        monkeypatch.setenv(name, value)
    app = make_app(color=False, config=None, database=None, user=None)
    twins = [{"name": name, "name_folded": name, "code": "K1"} for name in ("alfa", "beta")]

    with pytest.raises(Conflict) as refused, app.transaction() as tx:
        add_all(tx.session, Account, twins)
    app.database.close()

    assert refused.value.message.startswith("The database refused the change: ")
    assert refused.value.hint == "If another command wrote the same meanwhile, run yours again."
    assert crm.ok("account", "list") == []
