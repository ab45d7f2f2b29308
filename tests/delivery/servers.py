"""Mail servers in a thread: a real one, and one that fails at a chosen step."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import threading
import warnings
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Protocol

    class Stream(Protocol):
        """What is used of a connection."""

        def readline(self) -> bytes: ...
        def write(self, content: bytes, /) -> object: ...
        def flush(self) -> object: ...


PASSWORD = "parolă-Żółć-77"
TOKEN = "ya29.token"
PATIENCE = 60
"""Seconds that a server has to end in; it takes them only where a test fails."""


@dataclass
class Received:
    """What the server took: one entry for each message, and every login tried."""

    mail_from: list[str] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    messages: list[bytes] = field(default_factory=list)
    mechanisms: list[str] = field(default_factory=list)
    connections: int = 0


class _Handler:
    """Answers with `replies[step]` where there is one, once for each of them."""

    def __init__(self, received: Received, replies: dict[str, list[str]], together: int) -> None:
        self.received = received
        self.replies = replies
        self.together = together

    async def handle_EHLO(  # noqa: N802 aiosmtpd's name
        self, _server: Any, session: Any, _envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        envelope.mail_from = address
        return await self._reply("MAIL")

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        reply = await self._reply("RCPT")
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        reply = await self._reply("DATA")
        if reply.startswith("250"):
            self.received.mail_from.append(envelope.mail_from)
            self.received.recipients.append(list(envelope.rcpt_tos))
            self.received.messages.append(envelope.original_content)
        return reply

    async def auth_XOAUTH2(self, server: Any, words: list[str]) -> AuthResult:  # noqa: N802
        self.received.mechanisms.append("XOAUTH2")
        if b64decode(words[1]).decode() == f"user=ana\x01auth=Bearer {TOKEN}\x01\x01":
            return AuthResult(success=True)
        await server.challenge_auth('{"status":"400"}')
        return AuthResult(success=False, handled=False)

    async def _reply(self, step: str) -> str:
        while self.received.connections < self.together:
            await asyncio.sleep(0.005)
        waiting = self.replies.get(step)
        return waiting.pop(0) if waiting else "250 2.0.0 taken"


class MailServer:
    """aiosmtpd on a free port of localhost; it wants user `ana` with PASSWORD where told to.

    No mail is answered before so many clients are connected `together`.
    """

    def __init__(
        self,
        *,
        certificate: Path | None = None,
        implicit_tls: bool = False,
        login: bool = False,
        mechanisms: tuple[str, ...] = ("PLAIN", "LOGIN"),
        replies: dict[str, list[str]] | None = None,
        together: int = 1,
    ) -> None:
        self.received = Received()
        self._handler = _Handler(self.received, replies or {}, together)
        self._tls = _context(certificate)
        self._implicit = implicit_tls
        self._login = login
        self._excluded = {"PLAIN", "LOGIN"} - set(mechanisms)
        self._loop = asyncio.new_event_loop()
        self._server = self._loop.run_until_complete(self._listen())
        self.port: int = self._server.sockets[0].getsockname()[1]
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()

    async def _listen(self) -> asyncio.Server:
        return await asyncio.get_running_loop().create_server(
            self._session, "127.0.0.1", 0, ssl=self._tls if self._implicit else None
        )

    def _session(self) -> SMTP:
        self.received.connections += 1
        starttls = self._tls is not None and not self._implicit
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a login without STARTTLS is meant under smtps
            return SMTP(
                self._handler,
                hostname="localhost",
                loop=self._loop,
                tls_context=self._tls if starttls else None,
                require_starttls=starttls,
                auth_required=self._login,
                auth_require_tls=starttls,
                auth_exclude_mechanism=self._excluded,
                authenticator=self._authenticate,
            )

    def _authenticate(
        self, _server: Any, _session: Any, _envelope: Any, mechanism: str, data: LoginPassword
    ) -> AuthResult:
        self.received.mechanisms.append(mechanism)
        good = data.login == b"ana" and data.password == PASSWORD.encode()
        return AuthResult(success=good, handled=False, message=None if good else REFUSED)

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(PATIENCE)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop.close()

    async def _close(self) -> None:
        self._server.close()
        await self._server.wait_closed()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)


# A server that quotes what it was sent.
REFUSED = "535 5.7.8 not with " + b64encode(PASSWORD.encode()).decode()


def _context(certificate: Path | None) -> ssl.SSLContext | None:
    if certificate is None:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


STEPS = ("greeting", "EHLO", "MAIL", "RCPT", "DATA", "body", "dot")
TLS_STEPS = ("STARTTLS", "handshake", "EHLO again", "AUTH")
AFTER_STEPS = ("taken", "answered", "QUIT")
"""The message was taken and not answered; answered; and the end."""


class FailingServer:
    """Speaks SMTP and fails at `step`, once or so many `times`; what comes then goes well.

    The failure is `drop`, `silence`, or a line to answer with. With a certificate the client
    has to use STARTTLS, and may log in with anything.
    """

    def __init__(
        self, step: str, failure: str, *, times: int = 1, certificate: Path | None = None
    ) -> None:
        self.messages: list[bytes] = []
        self.commands: list[str] = []
        self.is_silent = False
        self._step, self._failure, self._times = step, failure, times
        self._tls = _context(certificate)
        self._stopped = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._accept)
        self._thread.start()

    def fail_at(self, step: str, failure: str) -> None:
        """Fail once more, at this step."""
        self._step, self._failure, self._times = step, failure, 1

    def stop(self) -> None:
        self._stopped.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join(PATIENCE)
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                self._serve(client)

    def _serve(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError), client:
            if not self._greet(client):
                return
            if self._tls is None:
                self._converse(client)
                return
            with self._tls.wrap_socket(client, server_side=True) as encrypted:
                self._converse(encrypted)

    def _greet(self, client: socket.socket) -> bool:
        """All that comes before the mail; false where the connection is to be dropped."""
        with client.makefile("rwb") as stream:
            if not self._answer(stream, "greeting", b"220 ready"):
                return False
            if self._tls is None:
                return True
            return (
                bool(stream.readline())
                and bool(self._answer(stream, "EHLO", b"250-here\r\n250 STARTTLS"))
                and bool(stream.readline())
                and bool(self._answer(stream, "STARTTLS", b"220 go"))
                and not self._fails("handshake")
            )

    def _converse(self, client: socket.socket) -> None:
        with client.makefile("rwb") as stream:
            while line := stream.readline():
                command = line.split()[0].decode().upper()
                self.commands.append(command)
                step = "EHLO again" if self._tls and command == "EHLO" else command
                reply = self._answer(stream, step, GOOD.get(step, b"250 fine"))
                if not reply or (reply.startswith(b"354") and not self._take(stream)):
                    return

    def _take(self, stream: Stream) -> bool:
        lines: list[bytes] = []
        while (line := stream.readline()) != b".\r\n":
            if not line or self._fails("body"):
                return False
            lines.append(line)
        message = b"".join(lines)
        if self._fails("taken"):
            self.messages.append(message)
            return False
        if not self._answer(stream, "dot", b"250 2.0.0 taken"):
            return False
        self.messages.append(message)
        return not self._fails("answered")

    def _answer(self, stream: Stream, step: str, reply: bytes) -> bytes:
        """What was answered, nothing where the connection is to be dropped."""
        if self._failure not in {"drop", "silence"}:
            if step == self._step and self._times:
                reply, self._times = self._failure.encode(), self._times - 1
        elif self._fails(step):
            return b""
        stream.write(reply + b"\r\n")
        stream.flush()
        return reply

    def _fails(self, step: str) -> bool:
        if step != self._step or not self._times:
            return False
        if self._failure == "silence":
            self.is_silent = True
            self._stopped.wait()
        self._times -= 1
        return True


GOOD = {
    "DATA": b"354 go",
    "EHLO again": b"250-here\r\n250 AUTH PLAIN",
    "AUTH": b"235 welcome",
    "QUIT": b"221 bye",
}
