"""The nouns that have a verb, for tests that walk over them."""

from __future__ import annotations

import click

from crm_cli.main import cli


def nouns_with(verb: str) -> list[str]:
    """The nouns whose command has a verb."""
    context = click.Context(cli)
    groups = {name: cli.get_command(context, name) for name in cli.list_commands(context)}
    return [
        name
        for name, group in groups.items()
        if isinstance(group, click.Group) and group.get_command(context, verb)
    ]
