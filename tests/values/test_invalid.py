from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from crm_cli.values import invalid
from crm_cli.values.invalid import InvalidValue, quote

PACKAGE = Path(invalid.__file__).parent


def test_invalid_value_is_a_value_error_with_a_sentence() -> None:
    error = InvalidValue("'x' is not a date.", "Write today.")

    assert isinstance(error, ValueError)
    assert (str(error), error.message, error.hint) == ("'x' is not a date.",) * 2 + (
        "Write today.",
    )


def test_quote_keeps_a_long_cell_short() -> None:
    assert quote("one\n two") == "'one two'"
    assert quote("a" * 60) == f"'{'a' * 60}'"
    assert quote("a" * 61) == f"'{'a' * 59}…'"


def test_modules_load_the_standard_library_only() -> None:
    names = [f"crm_cli.values.{path.stem}" for path in PACKAGE.glob("*.py")]
    code = f"import sys, {', '.join(names)}; print(*{{name.split('.')[0] for name in sys.modules}})"

    loaded = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    )

    foreign = {
        "anyascii",
        "babel",
        "stdnum",
        "phonenumbers",
        "email_validator",
        "click",
        "sqlmodel",
    }
    assert foreign & set(loaded.stdout.split()) == set()
