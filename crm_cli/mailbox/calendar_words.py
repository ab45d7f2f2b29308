"""Months, weekdays and zones as mail programs spell them, keys folded."""

from __future__ import annotations

from typing import Final

# January or Monday first, a line for each language, case or shortening.
_MONTHS: Final = """\
january february march april may june july august september october november december
jan feb mar apr may jun jul aug sep oct nov dec
januar februar marz april mai juni juli august september oktober november dezember
jan feb mrz apr mai jun jul aug sept okt nov dez
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
ian feb mar apr mai iun iul aug sept oct noi dec
stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika listopada grudnia
styczen luty marzec kwiecien maj czerwiec lipiec sierpien wrzesien pazdziernik listopad grudzien
sty lut mar kwi maj cze lip sie wrz paz lis gru
janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
ledna unora brezna dubna kvetna cervna cervence srpna zari rijna listopadu prosince
januar februar marcius aprilis majus junius julius augusztus szeptember oktober november december
"""
_WEEKDAYS: Final = """\
monday tuesday wednesday thursday friday saturday sunday
mon tue wed thu fri sat sun
montag dienstag mittwoch donnerstag freitag samstag sonntag
lundi mardi mercredi jeudi vendredi samedi dimanche
luni marti miercuri joi vineri sambata duminica
poniedzialek wtorek sroda czwartek piatek sobota niedziela
"""


def _numbered(lines: str, first: int) -> dict[str, int]:
    return {
        word: number
        for line in lines.splitlines()
        for number, word in enumerate(line.split(), first)
    }


MONTHS: Final = _numbered(_MONTHS, 1)
WEEKDAYS: Final = _numbered(_WEEKDAYS, 0)
ZONES: Final = {
    "Eastern Standard": "America/New_York",
    "Eastern Daylight": "America/New_York",
    "Central Standard": "America/Chicago",
    "Central Daylight": "America/Chicago",
    "Mountain Standard": "America/Denver",
    "Mountain Daylight": "America/Denver",
    "Pacific Standard": "America/Los_Angeles",
    "Pacific Daylight": "America/Los_Angeles",
    "GTB Standard": "Europe/Bucharest",
    "GTB Daylight": "Europe/Bucharest",
    "E. Europe Standard": "Europe/Chisinau",
    "E. Europe Daylight": "Europe/Chisinau",
    "FLE Standard": "Europe/Kiev",
    "FLE Daylight": "Europe/Kiev",
    "W. Europe Standard": "Europe/Berlin",
    "W. Europe Daylight": "Europe/Berlin",
    "Central Europe Standard": "Europe/Budapest",
    "Central Europe Daylight": "Europe/Budapest",
    "Romance Standard": "Europe/Paris",
    "Romance Daylight": "Europe/Paris",
    "GMT Standard": "Europe/London",
    "GMT Daylight": "Europe/London",
    "Greenwich Mean": "Europe/London",
    "British Summer": "Europe/London",
    "Central European Standard": "Europe/Warsaw",
    "Central European Daylight": "Europe/Warsaw",
    "Central European Summer": "Europe/Warsaw",
    "Eastern European Standard": "Europe/Bucharest",
    "Eastern European Summer": "Europe/Bucharest",
}
