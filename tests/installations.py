"""The installation in /srv/crm that the examples are for, and running things as its admin would."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from crm_cli.running import job_modules
from crm_cli.running.installed import SYSTEM_PATH, Installed

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parent.parent
EXAMPLE = Installed(
    program=Path("/srv/crm/bin/crm"),
    user="crm",
    variables={
        "PATH": f"/srv/crm/bin:{SYSTEM_PATH}",
        "CRM_DATABASE_URL": "sqlite:////srv/crm/company.db",
    },
    folders=(Path("/srv/crm"),),
)
JOBS = [job_modules.load(name) for name in job_modules.names()]


def run_bare(command: str, environment: Mapping[str, str], home: Path) -> tuple[int, str]:
    """Run a line as cron does: by the shell, from the home, with next to no environment."""
    result = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=home,
        env={"HOME": str(home), "SHELL": "/bin/sh", "LOGNAME": "root", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return result.returncode, result.stdout + result.stderr
