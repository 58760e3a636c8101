"""The article of a page stays whole, the rest is listed as dropped, and no page can stop the loader."""

from __future__ import annotations

import logging
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.load.encodings import tidy
from index.load.html import read_page

if TYPE_CHECKING:
    from index.types import RawArticle

FERRY = """<!doctype html>
<html lang="uk"><head><meta charset="utf-8"><title>Пором повернувся на річку | Плавневий кур'єр</title>
<meta property="article:published_time" content="2026-04-02T08:30:00+03:00"><meta name="author" content="Леся Гай">
<style>p { color: black }</style></head>
<body>
<nav><a href="/">Головна</a> <a href="/sport">Спорт</a></nav>
<div class="cookie">Ми використовуємо файли cookie.</div>
<article>
<h1>Пором повернувся на річку</h1>
<p>Після тримісячного ремонту пором знову перевозить людей між двома берегами, повідомили в громаді.</p>
<h2>Скільки коштує квиток</h2>
<p>Дорослі платять 12 гривень, діти їздять <b>безкоштовно</b>, а велосипед коштує ще <a href="/v">5 гривень</a>.</p>
<ul><li>перший рейс о шостій ранку</li><li>останній рейс опівночі</li></ul>
<blockquote><p>«Ми чекали на нього всю зиму», – сказала вчителька Марія Коваль.</p></blockquote>
<table><tr><th>День</th><th>Рейсів</th></tr><tr><td>Субота</td><td>14</td></tr></table>
<p>У неділю пором не ходить через огляд двигуна, який триватиме до травня.</p>
</article>
<aside><p>Підпишіться на нашу розсилку</p></aside>
<p hidden>Прихований рядок</p>
<footer>© 2026 Плавневий кур'єр</footer>
<script>var tracked = "так";</script>
</body></html>"""

LOOSE = """<html><head><title>Снег вернулся в долину</title></head><body>
<div>Меню</div><h2>Снег вернулся в долину</h2><small>Илья Горин, 3 февраля 2026</small>
<div>За ночь в долине выпало сорок сантиметров снега, и дороги к трём сёлам оказались закрыты до полудня.<br><br>
<div>Фото автора</div>
Тракторы вышли в половине пятого, рассказал дорожный мастер, который работает здесь девятнадцатый год.<br><br>
Школьников отпустили домой, а хлеб привезли на санях, как это делали полвека назад их деды.<br></div>
</body></html>"""

CHESS = """<html><head><meta charset="utf-8"><title>Chess club wins a roof</title></head><body>
<main><h1>Chess club wins a roof</h1>{0}</main><p>Short note elsewhere.</p></body></html>"""


def _page(body: str) -> RawArticle:
    return read_page(f"<html><head><meta charset=utf-8></head><body>{body}</body></html>".encode())


def test_the_article_stays_whole_a_paragraph_a_line() -> None:
    """Sub-headings, links, bullets, quotes and tables stay, each in its place."""
    raw = read_page(FERRY.encode())
    assert raw.markup == "html"
    assert raw.text.split("\n") == [
        "Після тримісячного ремонту пором знову перевозить людей між двома берегами, повідомили в громаді.",
        "Скільки коштує квиток",
        "Дорослі платять 12 гривень, діти їздять безкоштовно, а велосипед коштує ще 5 гривень.",
        "• перший рейс о шостій ранку",
        "• останній рейс опівночі",
        "«Ми чекали на нього всю зиму», – сказала вчителька Марія Коваль.",
        "День | Рейсів",
        "Субота | 14",
        "У неділю пором не ходить через огляд двигуна, який триватиме до травня.",
    ]


def test_metadata_comes_with_the_text() -> None:
    """The headline is no line of the text but the title; the language is not taken from the page."""
    raw = read_page(FERRY.encode())
    assert (raw.title, raw.author) == ("Пором повернувся на річку", "Леся Гай")
    assert (raw.date, raw.language) == ("2026-04-02T08:30:00+03:00", None)


def test_visible_lines_left_out_are_listed() -> None:
    """What a reader would see beside the article is recorded; scripts, menus and hidden lines are not."""
    dropped = read_page(FERRY.encode()).dropped
    assert [line.line for line in dropped] == [
        "Ми використовуємо файли cookie.",
        "Підпишіться на нашу розсилку",
        "© 2026 Плавневий кур'єр",
    ]
    assert {line.why for line in dropped} == {"page furniture"}


def test_dropped_lines_are_bounded() -> None:
    """A page of endless furniture does not fill the index."""
    furniture = "".join(f"<div><i>Реклама {number}</i> {'ні ' * 200}</div>" for number in range(2_000))
    raw = read_page(FERRY.replace("<footer>", f"<footer>{furniture}").encode())
    assert len(raw.dropped) == 500
    assert max(len(line.line) for line in raw.dropped) == 300


def test_loose_text_between_line_breaks_is_not_lost() -> None:
    """Old pages have no paragraphs: text after an inner block belongs to the article all the same."""
    text = read_page(LOOSE.encode()).text
    assert all(start in text for start in ("За ночь в долине", "Тракторы вышли", "Школьников отпустили"))


def test_lines_under_the_headline_come_first_where_metadata_is_missing() -> None:
    """The author and the date that only people can read are left for cleaning to find."""
    text = read_page(LOOSE.encode()).text
    assert text.startswith("Илья Горин, 3 февраля 2026\nЗа ночь")


def test_what_stands_above_the_headline_is_no_article() -> None:
    """A menu that the extractor takes for text is dropped with the rest of the page."""
    raw = read_page(LOOSE.encode())
    assert "Меню" not in raw.text
    assert "Меню" in [line.line for line in raw.dropped]


@pytest.mark.parametrize("attribute", ["class='comments'", "id='disqus_thread'"])
def test_an_article_that_the_extractor_misses_is_read_from_its_element(attribute: str) -> None:
    """Paragraphs that look like something else are the article when they are all that its element holds."""
    paragraph = f"<div {attribute}>The club on Mill Lane, {{0}} years old, has paid for its own roof.</div>"
    raw = read_page(CHESS.format("".join(paragraph.format(year) for year in range(30, 40))).encode())
    assert sum("has paid for its own roof" in line for line in raw.text.split("\n")) == 10


def test_repeated_lines_stay() -> None:
    """A refrain is said as often as the article says it."""
    refrain = "<p>И снова пошёл дождь.</p>"
    verse = "<p>Рыбаки ждали у берега до темноты, но лодки так и не вышли в море.</p>"
    raw = _page(f"<article>{verse}{refrain}{verse.replace('Рыбаки', 'Дети')}{refrain}</article>")
    assert raw.text.count("И снова пошёл дождь.") == 2


@pytest.mark.parametrize(
    "page", ["<html></html>", "<!-- nothing -->", "<script>var a = 1;</script>", "<nav>Menu</nav>"]
)
def test_a_page_without_words_is_refused(page: str) -> None:
    """There is nothing to index, and the reason says so."""
    with pytest.raises(ValueError, match="no text"):
        read_page(page.encode())


def test_the_title_alone_is_no_article() -> None:
    """A headline without a word below it tells nothing."""
    with pytest.raises(ValueError, match="no text"):
        read_page("<title>Новий міст через річку</title><h1>Новий міст через річку</h1>".encode())


def test_a_wrong_declaration_does_not_garble_the_text() -> None:
    """Windows-1251 that claims to be UTF-8 is read as what it is."""
    raw = read_page(FERRY.replace("–", "-").encode("windows-1251"))
    assert raw.title == "Пором повернувся на річку"
    assert "«Ми чекали на нього всю зиму»" in raw.text


@pytest.mark.parametrize("tag", ["div", "b", "blockquote", "table", "x-y", "span", "ul"])
def test_deep_nesting_loses_no_words(tag: str) -> None:
    """Twenty thousand levels, beyond what the parser follows, neither crash nor hide the text."""
    text = "На самом дне страницы стоит предложение, которое видит читатель."
    raw = _page(f"<{tag}>" * 20_000 + f"<p>{text}</p>" + f"</{tag}>" * 20_000)
    assert text in raw.text


def test_a_huge_page_is_read_in_seconds() -> None:
    """Five megabytes of links, a page of the slow kind, take seconds and not minutes."""
    started = time.monotonic()
    raw = _page("".join(f"<p><a href='/{number}'>Заголовок новини номер {number}</a></p>" for number in range(70_000)))
    assert "Заголовок новини номер 69999" in raw.text
    assert time.monotonic() - started < 30


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<article>", "<td>", "<li>", "<h1>", "&#0;", "<!--", "</body>"]) | st.text()
    )
)
def test_any_page_gives_tidy_lines_or_a_reason(parts: list[str]) -> None:
    """Whatever a page is made of, the text is clean, without empty lines, or there is a reason."""
    try:
        text = _page("".join(parts).replace("\ud800", "")).text
    except ValueError as error:
        text = str(error)
    assert tidy(text) == text
    assert all(line.strip() for line in text.split("\n"))


def test_the_extractor_makes_no_noise(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    """Its complaints about odd pages do not reach the log or the terminal."""
    with caplog.at_level(logging.DEBUG), pytest.raises(ValueError, match="no text"):
        _page("<p></p>")
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")


def test_importing_the_loader_loads_no_parser() -> None:
    """Help texts must not wait for lxml and trafilatura."""
    code = "import sys, index.load; print({'lxml', 'trafilatura'} & set(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout == "set()\n"
