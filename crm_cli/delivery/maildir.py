"""Leaving mail in a Maildir folder, for machines without a mail server and for a first look."""

from __future__ import annotations

import hashlib
import os
import tempfile
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import TYPE_CHECKING, Self

from crm_cli.delivery.addresses import Address
from crm_cli.delivery.refusals import Answer, ServerUnavailable, TemporaryRefusal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType


class MaildirTransport:
    """Writes each message to `tmp` and renames it into `new`, both safely on disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

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
        """Write the file, call `before_final_dot`, show it; a resend replaces its first copy."""
        self._create()
        content = _trace(mail_from, recipients) + message.replace(b"\r\n", b"\n")
        descriptor, draft = self._draft()
        try:
            self._write(descriptor, content)
            before_final_dot()
            shown = self._show(draft, file_name(message))
        finally:
            draft.unlink(missing_ok=True)
        return Answer(f"stored as {shown}")

    def _create(self) -> None:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for name in ("tmp", "new", "cur"):
                (self._folder / name).mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise ServerUnavailable(
                0, f"the folder {self._folder} cannot be made ({error.strerror})."
            ) from error

    def _draft(self) -> tuple[int, Path]:
        try:
            descriptor, name = tempfile.mkstemp(dir=self._folder / "tmp")
        except OSError as error:
            raise ServerUnavailable(0, self._unwritable(error)) from error
        return descriptor, Path(name)

    def _write(self, descriptor: int, content: bytes) -> None:
        """Bring it to the disk; one that is full is so for every mail."""
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(descriptor)
        except OSError as error:
            raise ServerUnavailable(0, self._unwritable(error)) from error

    def _show(self, draft: Path, name: str) -> Path:
        shown = self._folder / "new" / name
        try:
            draft.replace(shown)
            _flush(shown.parent)
        except OSError as error:
            raise TemporaryRefusal(0, self._unwritable(error)) from error
        return shown

    def _unwritable(self, error: OSError) -> str:
        return f"{self._folder} cannot be written ({error.strerror})."


def file_name(message: bytes) -> str:
    """The name of the message's file, the same for every copy with its Message-ID."""
    message_id = BytesHeaderParser().parsebytes(message)["Message-ID"]
    key = str(message_id).encode() if message_id else message
    return f"{hashlib.sha256(key).hexdigest()[:32]}.crm"


def _trace(mail_from: str, recipients: Sequence[str]) -> bytes:
    """What a delivery agent notes: who sent it, and for whom, blind copies too."""
    sender = Address(mail_from).wire if mail_from else ""
    lines = [f"Return-Path: <{sender}>"]
    lines += [f"Delivered-To: {Address(recipient).wire}" for recipient in recipients]
    return "".join(f"{line}\n" for line in lines).encode("ascii")


def _flush(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
