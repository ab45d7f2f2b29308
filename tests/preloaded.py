"""A `crm` that has all loaded and forks each run, since most take less than starting does.

`python -m tests.preloaded DOOR` serves at a socket; what `Preloaded.command` writes is run in the
place of `crm`. Runs come one after the other.
"""

from __future__ import annotations

import gc
import json
import os
import pkgutil
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Self

from tests.postgres import settle

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

PACKAGES = ("schema", "crm_cli.services", "crm_cli.imports", "crm_cli.views", "commands", "jobs")
LATER = (
    "crm_cli.writer",
    "crm_cli.running.runner",
    "crm_cli.sending.sender",
    "crm_cli.rendering",
    "crm_cli.bulk",
)
CLIENT = """#!{python} -IS
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as door:
    door.connect({door!r})
    socket.send_fds(door, [b"."], [0, 1, 2])
    asked = door.makefile("rw")
    print(json.dumps([sys.argv[1:], dict(os.environ), os.getcwd()]), file=asked, flush=True)
    run, code = map(int, asked)
sys.exit(code if code >= 0 else 128 - code)
"""


class Preloaded:
    """The process that forks the runs, at a door in a folder."""

    def __init__(self, folder: Path) -> None:
        self._door = str(folder / "door")
        self.command = folder / "crm"
        self.command.write_text(CLIENT.format(python=sys.executable, door=self._door))
        self.command.chmod(0o755)
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.preloaded", self._door], stdout=subprocess.PIPE
        )
        assert self._server.stdout
        assert self._server.stdout.readline() == b"open\n"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None
    ) -> None:
        self._server.terminate()
        self._server.communicate()

    def start(self, environment: Mapping[str, str], *words: object) -> Run:
        """Start a run here that says nothing."""
        return Run(self._door, environment, [str(word) for word in words])


class Run:
    """A run that was started: its process."""

    def __init__(self, door: str, environment: Mapping[str, str], words: list[str]) -> None:
        self._database = environment["CRM_DATABASE_URL"]
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(door)
        with Path(os.devnull).open("r+b") as nothing:
            socket.send_fds(self._socket, [b"."], [nothing.fileno()] * 3)
        self._answers = self._socket.makefile("rw")
        asked = [words, {**os.environ, **environment}, str(Path.cwd())]
        print(json.dumps(asked), file=self._answers, flush=True)
        self.process = int(self._answers.readline())

    def kill(self) -> None:
        """Kill it; it may have ended by now."""
        with suppress(ProcessLookupError):
            os.kill(self.process, signal.SIGKILL)

    def end(self) -> int:
        """Wait for its end: the exit code, or the negative number of the signal."""
        with self._socket, self._answers:
            code = int(self._answers.readline())
        settle(self._database)
        return code


def load() -> None:
    """Import what any command may need."""
    for name in PACKAGES:
        package = import_module(name)
        for module in pkgutil.iter_modules(package.__path__, f"{name}."):
            import_module(module.name)
    for name in LATER:
        import_module(name)
    import_module("sqlalchemy.orm").configure_mappers()
    freeze()


def freeze() -> None:
    """Leave what is there alone: a fork that collects it would copy it."""
    gc.collect()
    gc.freeze()


def serve(door: str) -> None:
    """Run what is asked for, one after the other, in forks."""
    load()
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(door)
        listening.listen()
        sys.stdout.write("open\n")
        sys.stdout.flush()
        while True:
            asking, _ = listening.accept()
            with asking:
                answer(asking)


def answer(asking: socket.socket) -> None:
    """Fork one run and say its number and how it ended."""
    _, streams, *_ = socket.recv_fds(asking, 1, 3)
    with asking.makefile("rw") as lines:
        words, environment, folder = json.loads(lines.readline())
        child = os.fork()
        if not child:
            os.environ.clear()
            os.environ.update(environment)
            os.chdir(folder)
            run(words, streams)
        for stream in streams:
            os.close(stream)
        print(child, file=lines, flush=True)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print(code, file=lines, flush=True)


def run(words: list[str], streams: list[int]) -> None:
    """Be `crm`, called so."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    sys.argv = ["crm", *words]
    import_module("crm_cli.main").main()


if __name__ == "__main__":
    serve(sys.argv[1])
