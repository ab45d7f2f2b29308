"""Telling a monitor by HTTP how a run ended; it may be slow, wrong or gone without harm."""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from urllib.request import OpenerDirector

PATIENCE = 5.0
"""Seconds in all, the look-up of the name included."""
ANY_ENDING = ("{state}", "{exit}")
"""What a URL must name to be told of failures too; silence is the alarm otherwise."""


def is_usable(url: str) -> bool:
    """Whether the URL is one we ask."""
    parts = urlsplit(url)
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def host_of(url: str) -> str:
    """The one part of the URL that is no secret."""
    return urlsplit(url).hostname or "nowhere"


def beat(url: str, job: str, code: int, ca_file: str | None = None) -> str | None:
    """Ask the URL for a run that ended with an exit code; what went wrong, without the URL."""
    if code and not any(name in url for name in ANY_ENDING):
        return None
    if not is_usable(url):
        return "The heartbeat URL is neither http nor https."
    address = (
        url.replace("{job}", job)
        .replace("{state}", "fail" if code else "success")
        .replace("{exit}", str(code))
    )
    reason = _ask(address, ca_file)
    return f"The heartbeat did not reach {host_of(url)}: {reason}." if reason else None


def _ask(address: str, ca_file: str | None) -> str | None:
    """Ask in a thread that is left behind, for nothing else bounds what a name server takes."""
    answers: list[str | None] = []
    thread = Thread(target=lambda: answers.append(_get(address, ca_file)), daemon=True)
    thread.start()
    thread.join(PATIENCE)
    return answers[0] if answers else _reason(TimeoutError())


def _get(address: str, ca_file: str | None) -> str | None:
    from urllib.error import HTTPError, URLError
    from urllib.request import Request

    request = Request(address, headers={"User-Agent": "crm"})  # noqa: S310 - the opener knows http only
    try:
        _opener(ca_file).open(request, timeout=PATIENCE).close()
    except HTTPError as error:
        error.close()
        return f"it answered {error.code}"
    except URLError as error:
        return _reason(error.reason)
    except Exception as error:  # whatever a monitor answers, the job is done
        return _reason(error)
    return None


def _reason(error: object) -> str:
    if isinstance(error, TimeoutError):
        return f"no answer within {PATIENCE:.0f} seconds"
    return str(getattr(error, "strerror", None) or type(error).__name__)


def _opener(ca_file: str | None) -> OpenerDirector:
    """An opener that is not led from http to anything else."""
    import ssl
    from urllib import request

    context = ssl.create_default_context()
    if ca_file:
        context.load_verify_locations(ca_file)
    opener = request.OpenerDirector()
    for handler in (
        request.ProxyHandler(),
        request.HTTPHandler(),
        request.HTTPSHandler(context=context),
        request.HTTPRedirectHandler(),
        request.HTTPDefaultErrorHandler(),
        request.HTTPErrorProcessor(),
        request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener
