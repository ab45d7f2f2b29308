"""An import from Python: what it reads of the file, and when."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from crm_cli.imports.plans.nouns import plan_of
from crm_cli.imports.running import Order, carry_out, prepare
from crm_cli.start import make_app

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm


def test_nothing_is_read_of_the_file_once_writing_begins(sqlite_crm: Crm, tmp_path: Path) -> None:
    file = tmp_path / "accounts.csv"
    file.write_bytes(content := b"Name\nMoldo Trans\n")
    order = Order(plan=plan_of("account"), path=file)
    app = make_app(color=False, config=None, database=sqlite_crm.url, user=sqlite_crm.user)

    prepared = prepare(app, order)
    file.unlink()
    with app.transaction() as tx:
        outcome = carry_out(tx, order, prepared)
    app.database.close()

    run = sqlite_crm.ok("import", "show", outcome.import_id)
    assert (len(run["created"]), run["sha256"]) == (1, sha256(content).hexdigest())
