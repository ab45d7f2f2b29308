"""Currencies: ISO codes, and the words and signs that people write for them."""

from __future__ import annotations

from crm_cli.values.invalid import InvalidValue, quote
from crm_cli.values.text import clean

_HUNDREDTHS = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD"
    " CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD"
    " GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD"
    " MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP"
    " PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS"
    " TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD XCG YER ZAR ZMW ZWG"
)
CURRENCIES = frozenset(_HUNDREDTHS.split())
"""Every current ISO 4217 currency of hundredths, and those that only older documents have."""

_OTHER_UNITS = (
    "BHD BIF CLF CLP DJF GNF IQD ISK JOD JPY KMF KRW KWD LYD OMR PYG RWF TND UGX UYI UYW VND VUV"
    " XAF XOF XPF"
)
_WORDS = {
    word: code
    for code, words in {
        "RON": "leu lei",
        "PLN": "zł zl zlote złote zloty złoty zlotych złotych",
        "EUR": "€ euro",
        "USD": "$ us$",
        "GBP": "£",
        "HUF": "ft",
        "CZK": "kč kc",
        "UAH": "₴ hrn",
        "BGN": "лв лв. lv",
        "TRY": "₺",
    }.items()
    for word in words.split()
}
_FORMS = "Write the ISO code of the currency, for example RON, PLN or EUR."


def parse_currency(text: str) -> str:
    """Read a currency: its ISO code in capitals."""
    word = clean(text).casefold()
    code = _WORDS.get(word) or _WORDS.get(word.removesuffix(".")) or word.upper()
    if code in CURRENCIES:
        return code
    if code in _OTHER_UNITS.split():
        message = "{code} cannot be used: only currencies that have hundredths are kept."
        raise InvalidValue(message, _FORMS, code=code)
    message = "{value} is not a currency." if word else "The currency is empty."
    raise InvalidValue(message, _FORMS, value=quote(text))
