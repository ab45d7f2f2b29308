"""Romanian counties and Polish voivodeships: codes and names."""

from __future__ import annotations

import re
from functools import lru_cache

from crm_cli.values.invalid import InvalidValue, quote
from crm_cli.values.sentences import Sentence, did_you_mean
from crm_cli.values.text import clean, fold

_ROMANIA = (
    "AB Alba,AR Arad,AG Argeș,BC Bacău,BH Bihor,BN Bistrița-Năsăud,BT Botoșani,BR Brăila,BV Brașov"
    ",B București,BZ Buzău,CL Călărași,CS Caraș-Severin,CJ Cluj,CT Constanța,CV Covasna"
    ",DB Dâmbovița,DJ Dolj,GL Galați,GR Giurgiu,GJ Gorj,HR Harghita,HD Hunedoara,IL Ialomița"
    ",IS Iași,IF Ilfov,MM Maramureș,MH Mehedinți,MS Mureș,NT Neamț,OT Olt,PH Prahova,SJ Sălaj"
    ",SM Satu Mare,SB Sibiu,SV Suceava,TR Teleorman,TM Timiș,TL Tulcea,VL Vâlcea"
    ",VS Vaslui,VN Vrancea"
)
_POLAND = (
    "DS dolnośląskie,KP kujawsko-pomorskie,LU lubelskie,LB lubuskie,LD łódzkie,MA małopolskie"
    ",MZ mazowieckie,OP opolskie,PK podkarpackie,PD podlaskie,PM pomorskie,SL śląskie"
    ",SK świętokrzyskie,WN warmińsko-mazurskie,WP wielkopolskie,ZP zachodniopomorskie"
)
COUNTIES: dict[str, dict[str, str]] = {
    country: dict(entry.split(" ", 1) for entry in entries.split(","))
    for country, entries in {"RO": _ROMANIA, "PL": _POLAND}.items()
}
"""Country -> code of the county -> its name."""

_MESSAGES = {
    "RO": "{value} is not a county of Romania.",
    "PL": "{value} is not a voivodeship of Poland.",
}
_HINTS = {
    "RO": Sentence("Write its name or code, such as {name} or {code}.", name="Iași", code="IS"),
    "PL": Sentence(
        "Write its name or code, such as {name} or {code}.", name="mazowieckie", code="MZ"
    ),
}
_OTHER_SPELLINGS = {"bucharest": "B", "vilcea": "VL", "dimbovita": "DB"}
_CODES = {
    country: {fold(name).replace("-", " "): code for code, name in counties.items()}
    | {code.casefold(): code for code in counties}
    for country, counties in COUNTIES.items()
}
_CODES["RO"] |= _OTHER_SPELLINGS

_KIND = re.compile(
    r"^(?:(?:jud(?:et(?:ul(?:ui)?)?)?|mun(?:icipiul)?|wojewodztwo|woj)\b[. ]*)+"
    r"|^(?:ro|pl) (?=[a-z]{1,2}$)"
)
_SECTOR = re.compile(r"(?:bucuresti,? )?sect(?:or(?:ul)?)?[. ]*[1-6]")


def county_code(text: str, country: str) -> str:
    """The code of a county named or abbreviated; in a country without a table, the text itself."""
    return _code(text, country)


@lru_cache(4_096)
def _code(text: str, country: str) -> str:
    codes = _CODES.get(country)
    if codes is None:
        return clean(text)
    name = _KIND.sub("", " ".join(fold(text).replace("-", " ").split()))
    if country == "RO" and _SECTOR.fullmatch(name):
        return "B"
    if name not in codes:
        raise _unknown(text, name, country)
    return codes[name]


@lru_cache(4_096)
def _alike(name: str, country: str) -> tuple[str, ...]:
    """The codes of counties with a name like it: a file repeats its mistakes."""
    from difflib import get_close_matches

    codes = _CODES[country]
    return tuple(dict.fromkeys(codes[near] for near in get_close_matches(name, codes)))


def _unknown(text: str, name: str, country: str) -> InvalidValue:
    near = [f"{COUNTIES[country][code]} ({code})" for code in _alike(name, country)]
    hint = did_you_mean(near) if near else _HINTS[country]
    message = _MESSAGES[country] if name else "The county is empty."
    return InvalidValue(message, hint, value=quote(text))
