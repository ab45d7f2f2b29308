"""Imported mail: filed, matched with accounts, put into threads, made into tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.on_demand import modules_of

if TYPE_CHECKING:
    from crm_cli.services.mail import assignment as assignment
    from crm_cli.services.mail import copies as copies
    from crm_cli.services.mail import correspondents as correspondents
    from crm_cli.services.mail import files as files
    from crm_cli.services.mail import filing as filing
    from crm_cli.services.mail import lookup as lookup
    from crm_cli.services.mail import matching as matching
    from crm_cli.services.mail import placing as placing
    from crm_cli.services.mail import recognition as recognition
    from crm_cli.services.mail import removal as removal
    from crm_cli.services.mail import threads as threads
    from crm_cli.services.mail import work as work
    from crm_cli.services.mail import writing as writing

__getattr__ = modules_of(__name__)
