"""400 days of reminders, whatever cron, people and machine do, against a plain model."""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING

import pytest

from tests.simulation.life import Life
from tests.simulation.watcher import watch

if TYPE_CHECKING:
    from tests.conftest import Crm
    from tests.simulation.forks import Forks

SEEDS = range(1, 1 + int(os.environ.get("CRM_SIMULATION_SEEDS", "1")))
LONG = len(SEEDS) > 1
DAYS = {"sqlite": 400, "postgr": 400 if LONG else 50}
"""The statements of PostgreSQL take longer; the rules are the same."""


@pytest.mark.proves("R126", "R127")
@pytest.mark.parametrize("seed", SEEDS)
def test_live(crm: Crm, forks: Forks, seed: int) -> None:
    with watch(crm) as watcher:
        life = Life(crm, forks, watcher, random.Random(seed))
        life.begin()

        life.live(DAYS[crm.url[:6]])

    if LONG:
        return  # not everything happens in every life
    ledger = life.company.ledger
    assert {key.kind for key in ledger} >= {"task", "digest", "escalation"}
    assert {one.state for one in ledger.values()} >= {"sent", "covered", "unreachable"}
