"""Handing mail to the machine's own sendmail program."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
import threading
from typing import TYPE_CHECKING, Self

from crm_cli.delivery.addresses import Address
from crm_cli.delivery.refusals import (
    Answer,
    DeliveryError,
    PermanentRefusal,
    ServerUnavailable,
    TemporaryRefusal,
    Uncertain,
    reply_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from types import TracebackType
    from typing import IO

DEFAULT_PROGRAM = "/usr/sbin/sendmail"
# From sysexits.h: the data, the user or the host is at fault, and not this machine.
_PERMANENT = {65, 67, 68}


class SendmailTransport:
    """One run of the program for each message; the end of its input is the final dot."""

    def __init__(self, program: Path, timeout: float) -> None:
        self._program = program
        self._timeout = timeout

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Nothing stays open between two messages."""

    def send(
        self,
        mail_from: str,
        recipients: Sequence[str],
        message: bytes,
        before_final_dot: Callable[[], None],
    ) -> Answer:
        """Feed the program, call `before_final_dot`, close its input, read its exit code."""
        sender = Address(mail_from).wire if mail_from else "<>"
        arguments = ["-i", "-f", sender, "--", *(Address(one).wire for one in recipients)]
        with tempfile.TemporaryFile() as talk, self._started(arguments, talk) as process:
            with _killed_after(self._timeout, process):
                whole = _feed(process, message)
                if whole:
                    before_final_dot()
                _end_input(process)
                code = process.wait()
            if whole and code == 0:
                return Answer(_said(talk) or "taken")
            raise _error(code, f"{self._program} ended with exit code {code}. {_said(talk)}", whole)

    def _started(self, arguments: list[str], talk: IO[bytes]) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(  # noqa: S603 addresses are checked and follow `--`
                [str(self._program), *arguments],
                stdin=subprocess.PIPE,
                stdout=talk,
                stderr=subprocess.STDOUT,
                bufsize=0,
                start_new_session=True,
            )
        except OSError as error:
            raise ServerUnavailable(
                0,
                f"{self._program} cannot be run ({error.strerror}).",
                hint="Write sendmail = 'PATH' into the settings file, or install a mail server.",
            ) from error


@contextlib.contextmanager
def _killed_after(seconds: float, process: subprocess.Popen[bytes]) -> Iterator[None]:
    """End the program when its time is over, or before an error could end its input."""
    deadline = threading.Timer(seconds, _kill, [process])
    deadline.start()
    try:
        yield
    except BaseException:
        _kill(process)
        raise
    finally:
        deadline.cancel()
        deadline.join()


def _kill(process: subprocess.Popen[bytes]) -> None:
    """The whole session: in a wrapper script it is a child that holds the message."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)


def _feed(process: subprocess.Popen[bytes], message: bytes) -> bool:
    """Write the message with local line ends; false if the program did not read all of it."""
    rest = memoryview(message.replace(b"\r\n", b"\n"))
    try:
        while rest and process.stdin:
            rest = rest[process.stdin.write(rest) :]
    except BrokenPipeError:
        return False
    return True


def _end_input(process: subprocess.Popen[bytes]) -> None:
    if process.stdin:
        process.stdin.close()


def _error(code: int, text: str, whole: bool) -> DeliveryError:
    if not whole or code >= 0:
        kind = PermanentRefusal if code in _PERMANENT else TemporaryRefusal
        return kind(0, text.strip())
    return Uncertain(0, text.strip())


def _said(talk: IO[bytes]) -> str:
    talk.seek(0)
    return reply_text(talk.read(2000))
