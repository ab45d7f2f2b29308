"""All commands there are, as the command line itself finds them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import click

from crm_cli.main import cli

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Entry:
    """A command or a group, with the words that lead to it."""

    words: tuple[str, ...]
    command: click.Command
    context: click.Context

    @property
    def name(self) -> str:
        """The command as it is typed."""
        return " ".join(("crm", *self.words))

    @property
    def is_group(self) -> bool:
        """Whether more words must follow."""
        return isinstance(self.command, click.Group)

    @property
    def help(self) -> str:
        """What `--help` prints."""
        return self.command.get_help(self.context)

    @property
    def options(self) -> set[str]:
        """The options it takes, such as `--sort`."""
        return {flag for option in self.command.params for flag in option.opts}


@cache
def entries() -> tuple[Entry, ...]:
    """Every group and command, in alphabetical order."""
    context = click.Context(cli, info_name="crm", max_content_width=100, terminal_width=100)
    return tuple(_walk((), cli, context))


def _walk(
    words: tuple[str, ...], command: click.Command, context: click.Context
) -> Iterator[Entry]:
    yield Entry(words, command, context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            if found is not None:
                below = click.Context(found, info_name=name, parent=context)
                yield from _walk((*words, name), found, below)
