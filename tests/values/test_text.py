from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crm_cli.values.text import clean, comma_letters, fold, fold_name

_CEDILLA = str.maketrans("șțȘȚ", "şţŞŢ")
_NONE = str.maketrans("șțȘȚăâîĂÂÎ", "stSTaaiAAI")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Iași\u00a0 \n Vaslui ", "iasi vaslui"),
        ("ŁÓDŹ Żółć gęślą jaźń", "lodz zolc gesla jazn"),
        ("Straße Müller", "strasse muller"),
        ("Ørsted Þór Æsir Œuvre Đuro ılık", "orsted thor aesir oeuvre duro ilik"),
        ("Київ", "kiiv"),
        ("„Alfa” – ’24", '"alfa" - \'24'),
        ("s\u0326t\u0327", "st"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
@example("İ")
@example("ΰ")
@example("\u1680x")
def test_fold_is_ascii_and_idempotent(text: str) -> None:
    folded = fold(text)

    assert folded.isascii()
    assert fold(folded) == folded


@given(st.text(alphabet="aăâiîsștțAĂÂIÎSȘTȚ -"))
def test_fold_ignores_how_romanian_is_written(text: str) -> None:
    ways = {
        text,
        text.translate(_CEDILLA),
        text.translate(_NONE),
        unicodedata.normalize("NFD", text),
    }

    assert len({fold(way) for way in ways}) == 1


@pytest.mark.parametrize(
    "name",
    [
        "Alfa Impex",
        "SC Alfa Impex SRL",
        "S.C. ALFA-IMPEX S.R.L.",
        "s.c.alfa impex srl",
        "Alfa  Impex S. R. L.",
        "Alfa Impex S.R.L.-D.",
        "ALFA IMPEX SC SRL",
        'SC "Alfa Impex" SA',
        "Alfa Impex PFA",
        "P.F.A. Alfa Impex",
        "Întreprindere Individuală Alfa Impex",
        "Alfa Impex Sp. z o.o.",
        "Alfa Impex sp.z o. o.",
        "Sp. z o.o. Alfa Impex",
        "Alfa Impex Spółka z ograniczoną odpowiedzialnością",
        "Alfa Impex sp. z o.o. sp. k.",
        "Alfa Impex sp.j.",
        "Alfa Impex P.S.A.",
        "Alfa Impex GmbH & Co. KG",
        "Alfa Impex, Ltd.",
    ],
)
def test_fold_name_leaves_the_legal_form_out(name: str) -> None:
    assert fold_name(name) == "alfa impex"


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("SRL", "srl"),
        ("S.C. S.R.L.", "sc"),
        ("***", "***"),
        ("McDonald's", "mcdonalds"),
        ("I.L. Caragiale", "il caragiale"),
        ("Casa", "casa"),
        ("Sasa Instal", "sasa instal"),
    ],
)
def test_fold_name_keeps_the_rest(name: str, folded: str) -> None:
    assert fold_name(name) == folded


_WORDS = "SC S.C. SRL S.R.L. Sp. z o.o. sp.k. SA PFA I.I. Alfa Ţ & - A.B. o'"


@given(st.one_of(st.text(), st.lists(st.sampled_from(_WORDS.split())).map(" ".join)))
def test_fold_name_is_idempotent_and_never_empty(name: str) -> None:
    folded = fold_name(name)

    assert fold_name(folded) == folded
    assert bool(folded) == bool(fold(name))


def test_comma_letters() -> None:
    assert comma_letters("Ţăndărei şi Târgu Mureş") == "Țăndărei și Târgu Mureș"
    assert comma_letters("Łódź") == "Łódź"


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        (" Strada\u00a0 Lungă\n nr. 5\t", "Strada Lungă nr. 5"),
        ("a\x00b\x1b[31mc\x7f", "ab[31mc"),
        ("a\u200bb\ufeffc\u00add\u202ee", "abcde"),
        ("s\u0326i t\u0327", "și ț"),
        ("Iaşi", "Iași"),
        ("bad\udce9byte", "bad\ufffdbyte"),
        ("東京 😀", "東京 😀"),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@given(st.text(alphabet=st.characters()))
def test_clean_is_idempotent_and_can_be_stored(text: str) -> None:
    cleaned = clean(text)

    assert clean(cleaned) == cleaned
    assert "\x00" not in cleaned
    assert cleaned.encode().decode() == cleaned


@given(st.text(alphabet=" \u00a0aZ9șțŞţßéłżĄ–„”’€e\u0301\u00ad\u200b\t"))
def test_clean_usual_letters_as_all_others(text: str) -> None:
    assert clean(text) == clean(f"\u200b{text}")
