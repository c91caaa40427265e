"""Words as they go to paper: tokens, emphasis, links and quotation marks, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicpress.content.text import ending_whole, fill, to_html, to_plain, tokens_in, unbroken


def test_tokens_are_found_in_order():
    assert tokens_in("Call [[emergency-number]] or [[ family-doctor ]].") == [
        "emergency-number",
        "family-doctor",
    ]
    assert tokens_in("a [link](b) and [[ half") == []


def test_tokens_are_filled_with_the_regions_words():
    assert fill("Call [[urgent-line]] now.", {"urgent-line": "NHS 111"}) == "Call NHS 111 now."
    assert fill("[[ urgent-line ]]", {"urgent-line": "NHS 111"}) == "NHS 111"


def test_a_sentence_that_begins_with_a_token_begins_with_a_capital():
    assert fill("[[family-doctor]] can help.", {"family-doctor": "your GP"}) == "Your GP can help."


def test_what_fills_a_token_is_not_filled_again():
    assert fill("[[one]]", {"one": "[[two]]", "two": "x"}) == "[[two]]"


def test_unknown_token_is_an_error():
    with pytest.raises(KeyError):
        fill("[[nobody]]", {"somebody": "x"})


@pytest.mark.parametrize(
    ("words", "html"),
    [
        ("Bend your thumb.", "Bend your thumb."),
        ("Two\n  lines", "Two lines"),
        ("**Slowly** and *gently*", "<strong>Slowly</strong> and <em>gently</em>"),
        ("See [this](https://example.org).", 'See <a href="https://example.org">this</a>.'),
        ('It\'s “so” and "so"', "It’s “so” and “so”"),
        ("<b>bold</b> & more", "&lt;b&gt;bold&lt;/b&gt; &amp; more"),
        ("{{ 7 * 7 }} {% now %}", "{{ 7 * 7 }} {% now %}"),
        ("# no heading", "# no heading"),
        ("- no list", "- no list"),
        ("`no code` ~~no strike~~", "`no code` ~~no strike~~"),
        ("![no image](a.png)", "![no image](a.png)"),
        ("[no page](www.example.org)", "[no page](www.example.org)"),
        ("[nothing]() at all", "nothing at all"),
        ("[no script](javascript:alert)", "[no script](javascript:alert)"),
        ("a\\*b", "a*b"),
        ("&lt; &copy;", "&amp;lt; &amp;copy;"),
    ],
)
def test_only_emphasis_links_and_quotation_marks_are_marked_up(words, html):
    assert to_html(words) == html


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("**Slowly**, [see](https://example.org)", "Slowly, see"),
        ("It's <b>", "It’s <b>"),
        ("a\\*b & c", "a*b & c"),
    ],
)
def test_plain_words_have_no_markup(words, plain):
    assert to_plain(words) == plain


@given(st.text())
def test_no_words_can_open_a_tag(words):
    allowed = ("<strong>", "</strong>", "<em>", "</em>", "</a>")
    html = to_html(words)
    for tag in allowed:
        html = html.replace(tag, "")
    rest = html.split("<a href=")
    assert all("<" not in part for part in rest)


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("Telephone: 0123 456 789", "Telephone: 0123~456~789"),
        ("1800MEDICARE (1800 633 422)", "1800MEDICARE (1800~633~422)"),
        ("+44 (0)20 7946 0000", "+44~(0)20~7946~0000"),
        ("Web: ____________", "Web:~____________"),
        ("Open 9 to 5", "Open 9 to 5"),
    ],
)
def test_a_telephone_number_and_a_blank_are_not_broken(words, whole):
    whole = whole.replace("~", "\u00a0")
    assert unbroken(words) == whole
    assert to_html(f" {unbroken(words)}\n") == whole


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("Call now for any of these. Do not drive.", "Call now for any of these. Do~not~drive."),
        ("Any emergency sign? Call 999 now.", "Any emergency sign? Call~999~now."),
        ("Book with your GP.", "Book with your GP."),
        ("Stop. Come back if you were told it was fine.",) * 2,
        ("", ""),
    ],
    ids=["statements", "a question", "one alone", "long", "none"],
)
def test_a_short_sentence_at_the_end_of_others_is_not_broken(words, whole):
    assert ending_whole(words) == whole.replace("~", "\u00a0")
