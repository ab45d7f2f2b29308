"""The checks of `crm doctor`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.on_demand import modules_of

if TYPE_CHECKING:
    from crm_cli.services.health import examination as examination
    from crm_cli.services.health import mail as mail
    from crm_cli.services.health import storage as storage
    from crm_cli.services.health import surroundings as surroundings
    from crm_cli.services.health import work as work

__getattr__ = modules_of(__name__)
