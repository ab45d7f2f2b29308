"""Everything that can go wrong for a user: one sentence, a hint, an exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from crm_cli.values.sentences import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Sequence


class CrmError(Exception):
    """The command failed, or a check found something."""

    exit_code: ClassVar[int] = 1

    def __init__(
        self,
        message: str | Sentence,
        hint: str | Sentence | None = None,
        candidates: Sequence[str] = (),
        **values: object,
    ) -> None:
        """What may be told of a cell gives templates, and the values of their fields."""
        self.sentence = sentence(message, values)
        self.advice = None if hint is None else sentence(hint, values)
        self.message = str(self.sentence)
        self.hint = None if self.advice is None else str(self.advice)
        super().__init__(self.message)
        self.candidates = list(candidates)


class UsageError(CrmError):
    """The command was written wrongly: an unknown column, option value or field."""

    exit_code = 2


class NotFound(CrmError):
    """The named thing does not exist."""

    exit_code = 3


class Conflict(CrmError):
    """It exists already, is ambiguous, or the step is not allowed in this state."""

    exit_code = 4


class InvalidData(CrmError):
    """The input was rejected; nothing was written."""

    exit_code = 5


class Partial(CrmError):
    """Finished, but some rows or items were skipped; each is listed on stderr."""

    exit_code = 6


class NotReady(CrmError):
    """Settings or database are missing, or the database is not at this version."""

    exit_code = 7


class Busy(CrmError):
    """Another run holds the lock, or the database is locked: try again later."""

    exit_code = 75


class Interrupted(CrmError):
    """Stopped from the keyboard."""

    exit_code = 130


class Terminated(CrmError):
    """Stopped by a signal."""

    exit_code = 143
