"""A process that has all loaded and forks imports, so that a test can kill many of them quickly.

Arguments: the seed, and how many imports are killed, one after the other, each in another moment.
The last one is left alone.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time

from crm_cli import drop_folder, intake, runner, services
from crm_cli.errors import Partial
from crm_cli.start import make_app

LOADED = (drop_folder, services.mail_import, services.job_runs)


def fork_import() -> int:
    """Start an import that commits every few mails; its process id."""
    child = os.fork()
    if child:
        return child
    intake.AT_ONCE = 5
    try:
        app = make_app(color=False, config=None, database=None, user=None)
        runner.run(app, "import-mail")
    except Partial as error:
        sys.stderr.write("\n".join(error.candidates) + "\n")
    os._exit(0)


def main(seed: int, kills: int) -> None:
    """Kill imports at random moments, then let one finish."""
    dice = random.Random(seed)
    for _ in range(kills):
        child = fork_import()
        time.sleep(dice.uniform(0.01, 0.15))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    os.waitpid(fork_import(), 0)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
