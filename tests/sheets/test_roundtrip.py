"""The columns by which an export is recognised when it comes back."""

from __future__ import annotations

import pytest

from crm_cli.sheets.roundtrip import headings, stamp_of


def test_recognise_own_headings() -> None:
    assert headings("0a1b2c3d") == ("id@0a1b2c3d", "version@0a1b2c3d")
    assert {stamp_of(heading) for heading in headings("0a1b2c3d")} == {"0a1b2c3d"}
    assert stamp_of(" id@0a1b2c3d ") == "0a1b2c3d"


@pytest.mark.parametrize("heading", ["id", "Id", "id@", "name@0a1b2c3d", "id@0A1B2C3D", "id@1"])
def test_recognise_nothing_else(heading: str) -> None:
    assert stamp_of(heading) is None
