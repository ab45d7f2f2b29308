"""A process that has all loaded and forks senders, so that a test can kill many of them quickly.

Arguments: the seed, and how many senders are killed, one after the other, each in another moment.
Each next one starts after the lease of the one before. The last one is left alone.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from datetime import datetime, timedelta

from crm_cli import runner, senders, services
from crm_cli.errors import Partial
from crm_cli.services.sending import LEASE
from crm_cli.start import make_app

LOADED = (senders, services.outbox, services.sending, services.job_runs)


def send() -> None:
    """One whole run of the job."""
    app = make_app(color=False, config=None, database=None, user=None)
    try:
        runner.run(app, "send-outbox")
    except Partial as error:
        sys.stderr.write("\n".join(error.candidates) + "\n")


def fork_sender(moment: datetime) -> int:
    """Start a sender whose clock stands at the moment; its process id."""
    child = os.fork()
    if child:
        return child
    os.environ["CRM_NOW"] = moment.isoformat()
    send()
    os._exit(0)


def main(seed: int, kills: int) -> None:
    """Kill senders at random moments, then let one finish."""
    dice = random.Random(seed)
    moment = datetime.fromisoformat(os.environ["CRM_NOW"])
    for _ in range(kills):
        child = fork_sender(moment)
        time.sleep(dice.uniform(0.05, 0.15))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        moment += LEASE + timedelta(minutes=1)
    os.waitpid(fork_sender(moment), 0)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
