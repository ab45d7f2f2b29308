"""HTML bodies as a person reads them, and hostile ones in time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_cli.mailbox.html_text import html_to_text

pytestmark = pytest.mark.proves("R138")

SIZE = 1 << 17
SECONDS = 2
NESTED = (
    "<table><tr><td>&nbsp;</td></tr>"
    "<tr><td><table><tr><td>A</td><td>B</td></tr></table></td><td>C</td></tr></table>"
)
WORD = (
    "<p class=MsoNormal>Ion,<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>"
    "<p class=MsoNormal>da</p><p class=MsoNormal>nu</p>"
)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Bun&#259; ziua,<br>v&#x103; rog</p><p>Ion</p>", "Bună ziua,\nvă rog\n\nIon"),
        ("<div>unu</div><div>doi<br></div><div>trei</div>", "unu\ndoi\ntrei"),
        ("<div>unu</div><div><br></div><div>doi</div>", "unu\n\ndoi"),
        ("a<b>b</b> <i>c</i>\n d&nbsp;&nbsp;e", "ab c d e"),
        ("Lista:<ul><li>unu<li><p>doi</p></li></ul>gata", "Lista:\n\n- unu\n- doi\n\ngata"),
        ("<ol><li>a<ul><li>b</ul><li>c</ol>", "1. a\n  - b\n2. c"),
        ("<blockquote><p>a</p><p>b</p><blockquote>c</blockquote></blockquote>d",
         "> a\n>\n> b\n>\n> > c\n\nd"),
        ("<table><tr><th>Nr</th><th>Pret</th></tr><tr><td>1</td><td></td><td>20</td></tr></table>",
         "Nr\tPret\n1\t\t20"),
        ("<table><tr>\n<td><p>A</p></td>\n <td><p>B</p></td></tr></table>", "A\tB"),
        (NESTED, "A\tB\n\nC"),
        ('<a href="https://x.example/a?b=1&amp;c=2">oferta</a>',
         "oferta <https://x.example/a?b=1&c=2>"),
        ('<a href="mailto:a@x.example">a@x.example</a> <a href="#top">sus</a>', "a@x.example sus"),
        ('<img alt="Sigla firmei" src="cid:1"><img src=x alt="">', "[Sigla firmei]"),
        ("<pre>  a\n\n    b</pre>c", "  a\n\n    b\n\nc"),
        ("<style>p {a: '</b>'}</style><script>if (a < b) no()</script><title>T</title>da", "da"),
        ("<!--[if gte mso 9]><xml><o:a>12</o:a></xml><![endif]--><![if !vml]>da<![endif]>", "da"),
        (WORD, "Ion,\n\nda\nnu"),
        ('<div style="max-height:0; display: none">vezi<div>oferta</div></div><p>da</p>', "da"),
        ('<body style="display:none">totul', "totul"),
        ("2 < 3 și <neobișnuit> &lt;b&gt; &amp;amp; &unknown; &#0; &#99999999999;",
         "2 < 3 și <b> &amp; &unknown; \ufffd \ufffd"),
        ("<p>neterminat <b", "neterminat"),
        ("<!-- neterminat <p>da", "neterminat\n\nda"),
        ("<style>neterminat <p>da", "neterminat\n\nda"),
        ("", ""),
    ],
)  # fmt: skip
def test_read(html: str, text: str) -> None:
    assert html_to_text(html) == text


@pytest.mark.parametrize(
    "piece",
    ["<", "<a ", "<!--", "<!", "<li>", "<tr><td>", "&#9", "<style>", "</style", "<blockquote>x",
     "<a href=x>y", "<a b='\"", "</a>", "<pre>\n", "<p>\t \n"],
)  # fmt: skip
def test_read_hostile_pages_in_time(piece: str) -> None:
    begun = time.process_time()

    html_to_text(piece * (SIZE // len(piece)))
    html_to_text("<p>" + piece * (SIZE // len(piece)) + ">'\"--></a></style></td>")

    assert time.process_time() - begun < SECONDS


@given(st.text(max_size=200), st.text(alphabet="<>/!-&#'\"= abptlid\n", max_size=200))
def test_survive_anything(text: str, html: str) -> None:
    assert html_to_text(html + text + html) == html_to_text(html + text + html).strip("\n")
