from __future__ import annotations

import pytest

from crm_cli.delivery import passwords
from crm_cli.errors import NotReady


@pytest.mark.parametrize(
    ("command", "password"),
    [
        ("echo parolă", "parolă"),
        ("printf 'prima\\na doua\\n'", "prima"),
        ("printf '  spații \\r\\n'", "  spații "),
        ("echo x y | cut -d' ' -f2", "y"),
    ],
)
def test_run_password_command(command: str, password: str) -> None:
    assert passwords.run_password_command(command) == password


@pytest.mark.parametrize(
    ("command", "what"),
    [
        ("echo s3cret; echo s3cret >&2; exit 3", "failed with exit code 3"),
        ("true s3cret", "printed nothing"),
        ("/nowhere/s3cret", "failed with exit code 127"),
    ],
)
def test_failing_command_is_not_quoted(command: str, what: str) -> None:
    with pytest.raises(NotReady) as failed:
        passwords.run_password_command(command)

    assert failed.value.message == f"The command of the setting smtp_password_command {what}."
    assert "s3cret" not in str(failed.value.hint)


def test_command_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "PATIENCE_SECONDS", 0.1)

    with pytest.raises(NotReady, match=r"did not end within 0\.1 seconds"):
        passwords.run_password_command("exec sleep 30")
