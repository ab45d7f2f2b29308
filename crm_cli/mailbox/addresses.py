"""People in the header lines of exported mail."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from crm_cli.mailbox.message import Address

# The look-behind keeps the search linear in long runs of letters.
EMAIL: Final = re.compile(r"""(?<![^\s<>()\[\],;:"'@])[^\s<>()\[\],;:"'@]+@[^\s<>()\[\],;:"'@]+""")
# A run of a list of people: a quoted name, an address in brackets, or other text up to a comma.
LIST_ITEM: Final = re.compile(r'(?:"(?:[^"\\]|\\.)*"|<[^<>]*>|[^,])+')
# A name for a list: Team: a@x.example, b@x.example;
GROUP: Final = re.compile(r"""[^<>@,;"]{1,80}:(?P<members>[^;]*);\s*""")
DELEGATE: Final = re.compile(
    r"\s(?:on behalf of|im Auftrag von|w imieniu|în numele|in numele|au nom de|de la part de)\s",
    re.IGNORECASE,
)
IN_BRACKETS: Final = re.compile(
    r"<(?P<angle>[^<>]*)>$|\[(?:mailto|smtp):(?P<square>[^\]]*)\]$|\((?P<round>[^()]*@[^()]*)\)$",
    re.IGNORECASE,
)
COMMENTED: Final = re.compile(rf"(?P<address>{EMAIL.pattern}) \((?P<name>[^()]+)\)")
# A link that was pasted as an address.
MAILTO: Final = re.compile(r"\Amailto:(?=\S+@)", re.IGNORECASE)
QUOTES: Final = "'\" \u00a0"


# The same people write and are written to again and again.
@lru_cache(maxsize=4096)
def semicolon_list(value: str) -> tuple[Address, ...]:
    """Outlook's list: names hold commas, often without an address."""
    parts = value.split("," if _is_of_addresses(value) else ";")
    return _people(parts) if value else ()


def _is_of_addresses(value: str) -> bool:
    """Whether commas part whole addresses, as Outlook on the web writes them."""
    has_commas = "," in value and ";" not in value
    return has_commas and all("@" in part for part in value.split(","))


@lru_cache(maxsize=4096)
def comma_list(value: str) -> tuple[Address, ...]:
    """Thunderbird's and the standard's list: an unquoted comma may still belong to a name."""
    group = GROUP.fullmatch(value)
    value = group["members"] if group else value
    if ";" in value and "," not in value:
        return semicolon_list(value)
    items: list[str] = []
    name: list[str] = []
    for item in LIST_ITEM.findall(value):
        if "<" in item:
            items.append(",".join([*name, item]))
            name.clear()
        elif "@" in item:
            items += [",".join(name), item]
            name.clear()
        else:
            name.append(item)
    return _people([*items, ",".join(name)])


def _people(items: list[str]) -> tuple[Address, ...]:
    return tuple(address for item in items if (address := person(item)))


def person(text: str) -> Address | None:
    """One person, or None where the text names nobody."""
    text = MAILTO.sub("", text.strip(QUOTES))
    delegate, author = _split_delegate(text)
    if author:
        found = person(author)
        return found if found and found.email else _named(author, delegate)
    address = IN_BRACKETS.search(text)
    if address:
        name = text[: address.start()].strip(QUOTES)
        return _named(name or next(filter(None, address.groups()), ""), address[0])
    commented = COMMENTED.fullmatch(text)
    if commented:
        return _named(commented["name"], commented["address"])
    return _named(text, text)


def _split_delegate(text: str) -> tuple[str, str]:
    delegate, *authors = DELEGATE.split(text)
    return (delegate, authors[-1]) if authors else (text, "")


def _named(name: str, address: str) -> Address | None:
    email = _email(address)
    name = name.strip(QUOTES).replace('\\"', '"')
    if name.endswith((":", ":;")) or name in {email, "(none)"}:
        name = ""
    return Address(name, email) if name or email else None


def _email(text: str) -> str | None:
    """The address in `text`; Exchange's internal names for mailboxes are none."""
    found = EMAIL.search(text) if "@" in text else None
    return found[0] if found and not found[0].startswith("IMCEA") else None
