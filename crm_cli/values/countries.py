"""Countries: ISO codes and the names that people give them in English, Romanian and Polish."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from crm_cli.values.invalid import InvalidValue, quote
from crm_cli.values.sentences import Sentence, did_you_mean
from crm_cli.values.text import fold

_CODES = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR"
    " BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ"
    " EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW"
    " GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY"
    " KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV"
    " MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY"
    " QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG"
    " TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA"
    " ZM ZW"
)
COUNTRIES = frozenset(_CODES.split())
"""ISO 3166-1 alpha-2, and XK for Kosovo as the European Union writes it."""

# The names that stand in nearly every file, and those that the locale data has not.
_NAMES = {
    name: code
    for code, names in {
        "RO": "rou,romania,rumunia",
        "PL": "pol,polska,poland,polonia,rzeczpospolita polska",
        "BA": "bosnia,bosnia and herzegovina",
        "CZ": "republica ceha,czech republic,republika czeska,ceska republika",
        "DE": "deutschland",
        "GB": "uk,great britain,marea britanie,anglia,england,zjednoczone krolestwo",
        "GR": "el,hellas",
        "HU": "magyarorszag",
        "MD": "moldova,republic of moldova,r. moldova,republika moldawii",
        "MK": "macedonia,fyrom",
        "NL": "olanda,holland,the netherlands,niderlandy",
        "RU": "federatia rusa,russian federation",
        "SK": "slovak republic,republica slovaca",
        "TR": "turkey,turkiye",
        "US": "usa,sua,s.u.a.,u.s.a.,statele unite,united states of america",
    }.items()
    for name in names.split(",")
}
_LANGUAGES = ("en", "ro", "pl")


def country_code(text: str) -> str:
    """The ISO code of a country named in English, Romanian or Polish, or given by its code."""
    name = fold(text)
    if name.upper() in COUNTRIES:
        return name.upper()
    code = _NAMES.get(name) or _locale_names().get(name)
    if code is None:
        raise _unknown(text, name)
    return code


@cache
def _locale_names() -> dict[str, str]:
    from babel import Locale

    return {
        fold(name): code
        for language in _LANGUAGES
        for code, name in Locale(language).territories.items()
        if code in COUNTRIES
    }


def _unknown(text: str, name: str) -> InvalidValue:
    from difflib import get_close_matches

    names = _locale_names()
    codes = dict.fromkeys(names[near] for near in get_close_matches(name, names))
    near = [Sentence("{country} ({code})", country=_Country(code), code=code) for code in codes]
    hint = did_you_mean(near) if near else "Write its ISO code, such as RO or PL."
    message = "{value} is not a country." if name else "The country is empty."
    return InvalidValue(message, hint, value=quote(text))


class _Country(NamedTuple):
    """The name of a country, in the language of the sentence it stands in."""

    code: str

    def in_language(self, language: str) -> str:
        """The name as the locale data has it."""
        from babel import Locale

        return str(Locale(language).territories[self.code])
