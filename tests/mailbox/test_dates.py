"""Dates as Windows, Thunderbird and the standard write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_cli.mailbox import dates
from tests.mailbox.mails import BUCHAREST


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Monday, June 30, 2008 3:04 PM", "2008-06-30 12:04"),
        ("Friday, February 01, 2013 06:05 PM", "2013-02-01 16:05"),
        ("Friday, April 15, 2016 09:32", "2016-04-15 06:32"),
        ("13 April 2022 18:27", "2022-04-13 15:27"),
        ("13 Apr 2022 10:02 PM", "2022-04-13 19:02"),
        ("Friday, 20 March 2015 3:29 PM", "2015-03-20 13:29"),
        ("Dienstag, 3. Dezember 2013 09:31", "2013-12-03 07:31"),
        ("Dienstag, 3. März 2013 09:31", "2013-03-03 07:31"),
        ("poniedziałek, 30 czerwca 2008 15:04", "2008-06-30 12:04"),
        ("30 października 2008 15:04", "2008-10-30 13:04"),
        ("luni, 30 iunie 2008 15:04", "2008-06-30 12:04"),
        ("sâmbătă, 28 iunie 2008 15:04", "2008-06-28 12:04"),
        ("marţi, 2 decembrie 2008 00:04", "2008-12-01 22:04"),
        ("lundi 30 juin 2008 15:04", "2008-06-30 12:04"),
        ("mardi 2 décembre 2008 15:04", "2008-12-02 13:04"),
        ("Quarta-feira, 10 de Outubro de 2001 0:28", "2001-10-09 21:28"),
        ("Tue 1/26/10 12:10 PM", "2010-01-26 10:10"),
        ("Wed 9/21/2005 1:18 PM", "2005-09-21 10:18"),
        ("Tue 05/04/2011 10:18", "2011-04-05 07:18"),
        ("6/23/2014 12:03:00 AM", "2014-06-22 21:03"),
        ("2004/4/1 [星期四] 下午 01:49", "2004-04-01 10:49"),
        ("Wednesday, November 14, 2007 09:44 AM Eastern Standard Time", "2007-11-14 14:44"),
        ("Thu Jun 25 2026 15:23:44 GMT+0300 (Eastern European Summer Time)", "2026-06-25 12:23"),
        ("Mon Jul 28 2019 11:53:22 GMT+0200 (heure d’été d’Europe)", "2019-07-28 09:53"),
        ("30.06.2008, 15:04", "2008-06-30 12:04"),
        ("30.06.08, 15:04", "2008-06-30 12:04"),
        ("6/30/08, 3:04\u202fPM", "2008-06-30 12:04"),
        ("5/25/2020, 10:02 AM", "2020-05-25 07:02"),
        ("28/07/2019 11:53", "2019-07-28 08:53"),
        ("28.07.2019, 11:53 +0200", "2019-07-28 09:53"),
        ("7/28/2019, 11:53\u202fAM -0500", "2019-07-28 16:53"),
        ("2008-06-30 15:04", "2008-06-30 12:04"),
        ("Mon, 30 Jun 2008 15:04:00 +0300", "2008-06-30 12:04"),
        ("Mon, 30 Jun 2008 15:04:00 -0000", "2008-06-30 15:04"),
        ("Mon, 30 Jun 2008 15:04:00 EST", "2008-06-30 20:04"),
        ("2008-06-30T15:04:00+02:00", "2008-06-30 13:04"),
        ("poniedziałek, 30 czerwca 2008 15.04", "2008-06-30 12:04"),
        ("Monday, June 30, 2008 3.04 PM", "2008-06-30 12:04"),
        ("30 czerwca 2008 r. 15:04", "2008-06-30 12:04"),
        ("Mon 30.06.08", "2008-06-29 21:00"),
        ("lundi 1er septembre 2008 à 8h05", "2008-09-01 05:05"),
        ("Monday, June 30, 2008 9:44 AM GTB Daylight Time", "2008-06-30 06:44"),
        ("Monday, June 30, 2008 9:44 AM W. Europe Daylight Time", "2008-06-30 07:44"),
        ("Sunday, October 26, 2008 3:30 AM", "2008-10-26 00:30"),
        ("Sunday, March 30, 2008 3:30 AM", "2008-03-30 01:30"),
        ("30 June 2008", "2008-06-29 21:00"),
    ],
)  # fmt: skip
def test_read_every_form(text: str, moment: str) -> None:
    found = dates.utc(text, BUCHAREST)

    assert found
    assert f"{found:%Y-%m-%d %H:%M}" == moment


@pytest.mark.parametrize(
    ("text", "english", "day"),
    [
        ("6/5/2026 15:04", True, "2026-06-05"),
        ("6/5/2026 15:04", False, "2026-05-06"),
        ("06/05/2026 15:04", True, "2026-05-06"),
        ("6/5/2026 3:04 PM", False, "2026-06-05"),
        ("Wed 6/5/2026 3:04 PM", True, "2026-05-06"),
        ("6.5.2026 3:04 PM", True, "2026-05-06"),
    ],
)
def test_read_ambiguous_days(text: str, english: bool, day: str) -> None:
    found = dates.utc(text, BUCHAREST, english=english)

    assert found
    assert found.date().isoformat() == day


def test_follow_the_given_order() -> None:
    day_first = dates.utc("6/5/2026 3:04 PM", BUCHAREST, "dmy")
    month_first = dates.utc("06/05/2026 15:04", BUCHAREST, "mdy")

    assert day_first == datetime(2026, 5, 6, 12, 4, tzinfo=UTC)
    assert month_first == datetime(2026, 6, 5, 12, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["", "None", "tomorrow", "13/13/2026 10:00", "31 June 2026", "5 May", "1/1/0000"],
)
def test_give_nothing_for_no_date(text: str) -> None:
    assert dates.utc(text, BUCHAREST) is None


@given(st.text(alphabet="0123456789/.-:, APMGTJunmailuni+()\u202f", max_size=40))
def test_never_raise(text: str) -> None:
    found = dates.utc(text, BUCHAREST)

    assert found is None or found.tzinfo is UTC
