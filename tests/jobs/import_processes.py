"""A process that has all loaded and forks imports, so that a test can kill many of them quickly.

Arguments: the seed, the folder, and how many imports are killed, one after the other, each a moment
after it has begun or has moved its first files. The last one is left alone.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

from crm_cli import drop_folder, intake, services
from crm_cli.errors import Partial
from crm_cli.running import runner
from crm_cli.start import make_app
from tests.postgres import settle

LOADED = (drop_folder, services.mail.filing, services.job_runs)


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


def waiting(folder: Path) -> list[str]:
    """The files that nobody has put away yet."""
    return [name for name in os.listdir(folder) if "." in name]  # noqa: PTH208 - names are enough


def has_moved(folder: Path, child: int, count: int) -> bool:
    """Wait until so many more files were moved; False when the child ended before."""
    wanted = len(waiting(folder)) - count
    while len(waiting(folder)) > wanted:
        if os.waitpid(child, os.WNOHANG) != (0, 0):
            return False
        time.sleep(0.001)
    return True


def main(seed: int, folder: Path, kills: int) -> None:
    """Kill imports at random moments, then let one finish."""
    dice = random.Random(seed)
    for _ in range(kills):
        child = fork_import()
        if has_moved(folder, child, dice.randrange(4)):
            time.sleep(dice.uniform(0, 0.03))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            settle(os.environ["CRM_DATABASE_URL"])
    os.waitpid(fork_import(), 0)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
