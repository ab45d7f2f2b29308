"""How errors reach the person: one sentence and a hint on stderr, or one JSON object."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crm_cli import folders
from crm_cli.errors import CrmError, InvalidData, NotReady
from crm_cli.values.invalid import InvalidValue

if TYPE_CHECKING:
    from collections.abc import Sequence

BUG = 70


def report(error: Exception, ctx: click.Context) -> int:
    """Say what went wrong and give the exit code; a bug is raised again."""
    found = as_crm_error(error)
    if found is None:
        raise error
    show(found, as_json=_wants_json(ctx))
    return found.exit_code


def as_crm_error(error: Exception) -> CrmError | None:
    """The error as ours; None for a bug."""
    if isinstance(error, CrmError):
        return error
    if isinstance(error, InvalidValue):
        return InvalidData(error.message, hint=error.hint)
    if isinstance(error, click.UsageError):
        return _usage(error)
    if isinstance(error, click.ClickException):
        return CrmError(error.format_message())
    if isinstance(error, OSError) and error.strerror and not isinstance(error, BrokenPipeError):
        return NotReady(f"{error.filename or 'The output'} cannot be used: {error.strerror}.")
    return None


def _usage(error: click.UsageError) -> CrmError:
    from crm_cli.errors import UsageError

    path = error.ctx.command_path if error.ctx else "crm"
    return UsageError(error.format_message(), hint=f"{path} --help")


def show(error: CrmError, *, as_json: bool) -> None:
    """Print an error for a person or for a script."""
    if as_json:
        from crm_cli.output.as_json import dump

        click.echo(dump(as_dict(error)), err=True)
        return
    click.echo(f"crm: {error.message}", err=True)
    for candidate in error.candidates:
        click.echo(f"  {candidate}", err=True)
    if error.hint:
        click.echo(f"hint: {error.hint}", err=True)


def as_dict(error: CrmError) -> dict[str, object]:
    """The error as JSON has it."""
    return {
        "error": error.message,
        "exit": error.exit_code,
        "hint": error.hint,
        "candidates": error.candidates,
    }


def _wants_json(ctx: click.Context) -> bool:
    if ctx.obj is not None and ctx.obj.choices.format in {"json", "jsonl"}:
        return True
    return _asks_for_json(sys.argv)


def _asks_for_json(words: Sequence[str]) -> bool:
    pairs = zip(words, [*words[1:], ""], strict=True)
    return any(
        word in {"--format=json", "--format=jsonl"}
        or (word == "--format" and following in {"json", "jsonl"})
        for word, following in pairs
    )


def report_last(error: Exception, *, debug: bool) -> int:
    """Say what nobody below has said: wrong global options, or a bug; gives the exit code."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return error.exit_code
    found = as_crm_error(error)
    if found is None:
        return _report_bug(error, debug=debug)
    show(found, as_json=_asks_for_json(sys.argv))
    return found.exit_code


def _report_bug(error: Exception, *, debug: bool) -> int:
    """Keep the traceback in a log and say where; gives exit code 70."""
    from traceback import format_exception

    text = "".join(format_exception(error))
    if debug:
        click.echo(text, err=True)
    log = _log_file()
    with os.fdopen(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a") as file:
        file.write(text + "\n")
    click.echo(f"crm: this is a bug: {type(error).__name__}. The details are in {log}.", err=True)
    return BUG


def _log_file() -> Path:
    folder = folders.state()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        from tempfile import mkdtemp

        folder = Path(mkdtemp(prefix="crm-"))
    return folder / "bugs.log"
