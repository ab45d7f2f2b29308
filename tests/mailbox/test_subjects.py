"""What stands before a subject and is not part of it."""

from __future__ import annotations

import pytest

from crm_cli.mailbox.subjects import thread_subject


@pytest.mark.parametrize(
    ("subject", "bare"),
    [
        ("Offer", "Offer"),
        ("RE: Offer", "Offer"),
        ("Re[2]: FW: Offer", "Offer"),
        ("ODP: PD: Oferta", "Oferta"),
        ("Odp.: Oferta", "Oferta"),
        ("AW: WG: Angebot", "Angebot"),
        ("RE\u00a0: TR : Devis", "Devis"),
        ("Redir: RĂSP: Ofertă", "Ofertă"),
        ("[EXTERNAL] Re: Offer", "Offer"),
        ("Re: [EXT] Offer", "Offer"),
        ("Report: Q3", "Report: Q3"),
        ("Re", "Re"),
        ("", ""),
    ],
)
def test_strip_prefixes(subject: str, bare: str) -> None:
    assert thread_subject(subject) == bare
