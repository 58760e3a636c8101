"""What a page states of its article is found in every form in use, and mistaken statements are passed over."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from index.load.html_metadata import page_facts
from index.load.json_ld import LinkedArticle, linked_article

if TYPE_CHECKING:
    from index.load.html_metadata import PageFacts

SITE = "https://visnyk.example"


def _facts(head: str = "", body: str = "", address: str | None = None) -> PageFacts:
    return page_facts(html.document_fromstring(f"<html><head>{head}</head><body>{body}</body></html>"), address)


def _linked(*nodes: Any) -> LinkedArticle:
    return linked_article(json.dumps(node, ensure_ascii=False) for node in nodes)


ARTICLE = {
    "@type": "NewsArticle",
    "headline": "Сад зацвів",
    "datePublished": "2026-04-02T08:30:00+03:00",
    "dateModified": "2026-04-05T10:00:00+03:00",
    "author": {"@type": "Person", "name": "Леся Гай"},
    "publisher": {"@type": "Organization", "name": "Вісник"},
    "mainEntityOfPage": {"@id": f"{SITE}/sad"},
}
EXPECTED = LinkedArticle("Сад зацвів", "2026-04-02T08:30:00+03:00", "Леся Гай", "Вісник", f"{SITE}/sad")


@pytest.mark.parametrize(
    "shape",
    [
        [ARTICLE],
        [[{"@type": "BreadcrumbList"}, ARTICLE]],
        [{"@graph": [{"@type": "WebSite", "name": "Інше"}, ARTICLE]}],
        [{"@type": "WebPage", "mainEntity": ARTICLE}],
        [{"@type": "BreadcrumbList"}, ARTICLE | {"@type": ["Article", "Thing"]}],
    ],
)
def test_json_ld_is_found_in_each_shape(shape: list[Any]) -> None:
    """Alone, in a list, in a graph, inside another node or in a second script."""
    assert _linked(*shape) == EXPECTED


@pytest.mark.parametrize(
    "author",
    ["Леся Гай", ["Леся Гай"], {"name": "Леся Гай"}, [{"name": "Леся Гай"}], {"name": ["Леся Гай"]}, {"@id": "#lesia"}],
)
def test_authors_are_found_in_each_form(author: Any) -> None:
    """A string, an object, a list of either or a reference into the graph."""
    person = {"@type": "Person", "@id": "#lesia", "name": "Леся Гай"}
    assert _linked({"@graph": [ARTICLE | {"author": author}, person]}).author == "Леся Гай"


def test_several_authors_are_all_named() -> None:
    """They are joined in their order, each once."""
    authors = [{"name": "Леся Гай"}, "Іван Верба", {"name": "Леся Гай"}, {}, None]
    assert _linked(ARTICLE | {"author": authors}).author == "Леся Гай, Іван Верба"


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.replace("}", ",}"),
        lambda text: text[:-1],
        lambda text: text.replace("зацвів", "\n зацвів"),
        lambda text: f"<!-- {text} -->",
        lambda text: f"//<![CDATA[\n{text}\n//]]>",
        lambda text: text.replace('"headline"', '"note": "he said "no"", "headline"'),
    ],
)
def test_broken_json_ld_still_tells_its_facts(damage: Any) -> None:
    """Trailing commas, missing brackets, raw line ends, wrappings and bare quotes occur in the field."""
    assert linked_article([damage(json.dumps(ARTICLE, ensure_ascii=False))]) == EXPECTED


@pytest.mark.parametrize(
    "script", ["", "[]", "null", '"text"', "[" * 50_000, '{"author": 5, "@type": "Article", "headline": 7}']
)
def test_json_ld_without_facts_gives_none(script: str) -> None:
    """Odd values and endless brackets are nothing, and no error."""
    assert linked_article([script]) == LinkedArticle()


def test_the_headline_is_what_the_reader_sees() -> None:
    """The h1 of the article wins over what is written for search engines."""
    head = '<meta property="og:title" content="Сад: фото, відео | Вісник"><title>Сад - Вісник</title>'
    assert _facts(head, "<h1>Вісник</h1><article><h1>Сад зацвів рано</h1></article>").title == "Сад зацвів рано"


@pytest.mark.parametrize(
    "title",
    [
        "Сад зацвів рано | Вісник",
        "Сад зацвів рано — Вісник долини",
        "Вісник долини - Сад зацвів рано",
        "Сад зацвів рано :: Вісник долини",
        "Сад зацвів рано",
    ],
)
def test_the_outlet_is_taken_off_the_title(title: str) -> None:
    """Before or after the headline, known or printed apart on the page."""
    head = f'<title>{title}</title><meta property="og:site_name" content="Вісник долини">'
    assert _facts(head, "<h2>Сад зацвів рано</h2><p>Слова.</p>").title == "Сад зацвів рано"


def test_dashes_of_the_headline_itself_stay() -> None:
    """What follows a dash is cut off only where it is the name of the outlet."""
    assert _facts("<title>Завод закрыт - рабочие ждут зарплату</title>").title == "Завод закрыт - рабочие ждут зарплату"


def test_the_name_of_the_site_is_no_headline() -> None:
    """A short title element names the site where nothing else names the article."""
    assert _facts("<title>Вісник долини</title>", "<p>Слова.</p>").title is None


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta property="article:published_time" content="2026-04-02T08:30">', ""),
        ('<meta name="PubDate" content="2026-04-02T08:30">', ""),
        ('<meta itemprop="datePublished" content="2026-04-02T08:30">', ""),
        ("", '<time datetime="2026-04-02T08:30">у квітні</time>'),
        ("", '<time class="updated" datetime="2026-05-09">9 травня</time><time>2026-04-02T08:30</time>'),
        ("", '<time datetime="2026-01-01"></time><span itemprop="datePublished" content="2026-04-02T08:30"></span>'),
        ("", '<aside><time datetime="2026-01-01"></time></aside><time datetime="2026-04-02T08:30"></time>'),
    ],
)
def test_published_dates_are_found_in_each_form(head: str, body: str) -> None:
    """Meta elements, marked elements and time elements count; changes and side columns do not."""
    assert _facts(head, body).date == "2026-04-02T08:30"


def test_modified_dates_are_not_published_dates() -> None:
    """A page that tells only when it was changed has no date."""
    assert _facts('<meta property="article:modified_time" content="2026-04-02T08:30">').date is None


def test_the_time_of_the_same_day_is_preferred() -> None:
    """A bare day is made precise by another statement, but never replaced by another day."""
    day = '<meta name="date" content="2026-04-02">'
    assert _facts(day, '<time datetime="2026-04-02T08:30+03:00"></time>').date == "2026-04-02T08:30+03:00"
    assert _facts(day, '<time datetime="2026-05-09T08:30"></time>').date == "2026-04-02"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta name="author" content="Леся Гай">', ""),
        (f'<meta property="article:author" content="{SITE}/gai">', '<a rel="author" href="/gai">Леся Гай</a>'),
        ('<meta name="author" content="admin">', '<span itemprop="author"><b itemprop="name">Леся Гай</b></span>'),
    ],
)
def test_authors_on_the_page_are_found(head: str, body: str) -> None:
    """Addresses and the names of accounts are no authors."""
    assert _facts(head, body).author == "Леся Гай"


def test_the_address_is_the_canonical_one() -> None:
    """Relative addresses are completed, and one that leads to the front page is passed over."""
    relative = '<link rel="canonical" href="/sad?id=1">'
    assert _facts(relative, address=f"{SITE}/amp/sad").url == f"{SITE}/sad?id=1"
    front = f'<link rel="canonical" href="{SITE}/"><meta property="og:url" content="{SITE}/sad">'
    assert _facts(front).url == f"{SITE}/sad"


@pytest.mark.parametrize("address", ["javascript:void(0)", "http://[broken", "//[:", "/sad", ""])
def test_what_is_no_address_is_passed_over(address: str) -> None:
    """A page without a usable address has none, or the one that it was read from."""
    link = f'<link rel="canonical" href="{address}">'
    assert _facts(link).url is None
    assert _facts(link, address=f"{SITE}/sad").url == f"{SITE}/sad"


def test_the_outlet_is_named_or_read_off_the_address() -> None:
    """The site's own name is better than its domain, which is better than nothing."""
    link = f'<link rel="canonical" href="{SITE.replace("//", "//www.")}/sad">'
    assert _facts(f'{link}<meta property="og:site_name" content="Вісник">').outlet == "Вісник"
    assert _facts(link).outlet == "visnyk.example"
    assert _facts().outlet is None


def test_facts_can_always_be_stored() -> None:
    """Half characters in JSON-LD do not reach the index."""
    script = '<script type="application/ld+json">{"@type": "Article", "headline": "Сад\\ud800 зацвів"}</script>'
    assert _facts(script).title == "Сад зацвів"
