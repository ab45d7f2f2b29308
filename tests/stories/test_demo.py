"""The demo of the README: the main job on the samples, in processes of its own."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.preloaded import Preloaded

ROOT = Path(__file__).parents[2]
TOLD = (
    "leads.xls: 230 rows read, 215 created, 0 updated, 0 unchanged, 15 rejected.",
    "leads.xls: 230 rows read, 0 created, 0 updated, 215 unchanged, 15 rejected.",
    "crm: Closing the contact needs a summary of the talk.",
    "status     won",
    "remind: 3 sent",
    "send-outbox: 5 sent",
    "remind: 0 sent",
    "send-outbox: nothing to send",
    "label  FA0001",
    "profit            10900.00",
)


@pytest.mark.proves("R251")
def test_demo(tmp_path: Path, preloaded: Preloaded) -> None:
    (tmp_path / "samples").symlink_to(ROOT / "samples")

    done = subprocess.run(
        ["sh", "samples/demo.sh"],
        cwd=tmp_path,
        env={**os.environ, "CRM": str(preloaded.command)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout[-2000:]
    missing = [line for line in TOLD if line not in done.stdout]
    assert missing == [], done.stdout
    written = {path.name for path in (tmp_path / "demo-company").iterdir()}
    assert {"crm.db", "leads.errors.xlsx", "pipeline.xlsx", "outgoing"} <= written
