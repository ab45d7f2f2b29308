"""A mail address with the name beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crm_cli.delivery.headers import refuse_control_characters
from crm_cli.errors import InvalidData

_LOCAL = re.compile(r"(?!-)[^\s\x00-\x1f\x7f-\U0010ffff<>()\[\]\\,;:\"@]{1,64}")
_DOMAIN = re.compile(
    r"(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*"
)
_WRITTEN = re.compile(r"\s*(?P<name>.*?)\s*<(?P<email>[^<>]*)>\s*")
_SPECIALS = re.compile(r'[][()<>@,:;."\\]')


@dataclass(frozen=True)
class Address:
    """Who sends or receives: `Address("ana@firma.ro", "Ana Pop")`. Refuses what is no address."""

    email: str
    name: str = ""

    def __post_init__(self) -> None:
        refuse_control_characters("address", self.email)
        refuse_control_characters("name of the address", self.name)
        _ = self.wire

    @classmethod
    def parse(cls, text: str) -> Address:
        """Read `Ana Pop <ana@firma.ro>` or `ana@firma.ro`, the form that `str` writes."""
        written = _WRITTEN.fullmatch(text)
        if written is None:
            return cls(text.strip())
        return cls(written["email"].strip(), _unquoted(written["name"]))

    @property
    def wire(self) -> str:
        """The address as servers want it: ASCII, the domain in its IDNA form."""
        local, _, domain = self.email.rpartition("@")
        try:
            ascii_domain = domain.encode("idna").decode("ascii").lower()
        except UnicodeError:
            ascii_domain = ""
        if ascii_domain and not local.isascii():
            raise InvalidData(
                f"Mail cannot go to {self.email!r}: before the @ only letters without diacritics"
                " are understood by all servers.",
                hint="Look for a slip in the address.",
            )
        if not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(ascii_domain):
            raise InvalidData(
                f"{self.email!r} is not a mail address.", hint="Write it as name@company.ro."
            )
        return f"{local}@{ascii_domain}"

    @property
    def domain(self) -> str:
        """The part behind the @, as servers know it."""
        return self.wire.rpartition("@")[2]

    def __str__(self) -> str:
        if not self.name:
            return self.email
        return f"{_quoted(self.name)} <{self.email}>"


def _quoted(name: str) -> str:
    if not _SPECIALS.search(name) and name == name.strip():
        return name
    return '"' + re.sub(r'(["\\])', r"\\\1", name) + '"'


def _unquoted(name: str) -> str:
    if len(name) < 2 or not (name[0] == name[-1] == '"'):
        return name
    return re.sub(r"\\(.)", r"\1", name[1:-1])
