"""Pages by their address, from a real server on loopback: what is read, what is refused, and at what cost."""

from __future__ import annotations

import gzip
import socket
import threading
import zlib
from dataclasses import replace
from itertools import repeat
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.load import PageLimits, is_address, load_page
from index.load.addresses import is_public, shown
from index.types import RawArticle, Skipped
from tests.web_server import Reply, web_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.web_server import WebServer

HERE = PageLimits(seconds=5, private_addresses=True)
TITLE = "Міст через Сулу відкрили після ремонту"
WORDS = "Міст через Сулу відкрили в суботу після дев'ятнадцяти місяців ремонту. Роботи коштували 412 мільйонів гривень."


@pytest.fixture
def web() -> Iterator[WebServer]:
    """A server without pages."""
    with web_server() as server:
        yield server


def _html(head: str = "") -> str:
    return f"<html><head>{head}</head><body><article><h1>{TITLE}</h1><p>{WORDS}</p></article></body></html>"


def _read(url: str, limits: PageLimits = HERE, hosts: dict[str, str] | None = None) -> RawArticle:
    """The article of a page that can be read; ``hosts`` are names with their addresses."""
    raw = load_page(url, limits, _names(hosts or {}))
    assert isinstance(raw, RawArticle), raw
    return raw


def _reason(url: str, limits: PageLimits = HERE, hosts: dict[str, str] | None = None) -> str:
    skipped = load_page(url, limits, _names(hosts or {}))
    assert isinstance(skipped, Skipped)
    return skipped.reason


def _names(hosts: dict[str, str]) -> Callable[[str, int], list[str]]:
    """A resolver that knows these names only, and numbers as the system's does."""

    def resolver(host: str, port: int) -> list[str]:
        if host in hosts:
            return hosts[host].split()
        return [str(each[4][0]) for each in socket.getaddrinfo(host, port, flags=socket.AI_NUMERICHOST)]

    return resolver


def test_a_page_becomes_an_article(web: WebServer) -> None:
    """Headline, words and address are read; the source is the address as given."""
    web.replies["/mist"] = Reply([_html().encode()])
    raw = _read(web.url("/mist#comments"))
    assert (raw.title, raw.text, raw.markup) == (TITLE, WORDS, "html")
    assert (raw.source, raw.url, raw.outlet) == (web.url("/mist#comments"), web.url("/mist"), "127.0.0.1")


def test_the_request_tells_who_asks_and_nothing_else(web: WebServer) -> None:
    """The agent is named; there is no cookie, no credential and no referrer, also after a redirect that set one."""
    web.replies["/old"] = Reply(status=302, headers={"Location": "/new", "Set-Cookie": "who=you; Path=/"})
    web.replies["/new"] = Reply([_html().encode()])
    _read(web.url("/old"))
    assert [path for path, _ in web.asked] == ["/old", "/new"]
    assert all(headers["user-agent"].startswith("citewire/") for _, headers in web.asked)
    assert all(
        set(headers) <= {"host", "connection", "user-agent", "accept", "accept-encoding"} for _, headers in web.asked
    )


def test_the_last_address_counts_without_trackers(web: WebServer) -> None:
    """After redirects the article is known by where they ended."""
    web.replies["/go"] = Reply(status=301, headers={"Location": "/news/7?utm_source=letter&page=2#top"})
    web.replies["/news/7"] = Reply([_html().encode()])
    raw = _read(web.url("/go"))
    assert (raw.source, raw.url) == (web.url("/go"), web.url("/news/7?page=2"))


def test_a_page_may_state_its_own_address(web: WebServer) -> None:
    """A canonical address on the same site is taken."""
    web.replies["/amp/7"] = Reply([_html('<link rel="canonical" href="/news/7">').encode()])
    assert _read(web.url("/amp/7")).url == web.url("/news/7")


def test_a_page_cannot_pass_for_that_of_another_site(web: WebServer) -> None:
    """A canonical address elsewhere gives neither the article's address nor its outlet."""
    web.replies["/7"] = Reply([_html('<link rel="canonical" href="https://visnyk.example/mist">').encode()])
    raw = _read(web.url("/7"))
    assert (raw.url, raw.outlet) == (web.url("/7"), None)


@pytest.mark.parametrize("kind", ["text/html; charset=windows-1251", "text/html", "text/html; charset=utf-8"])
def test_windows_1251_is_read_whatever_is_stated(web: WebServer, kind: str) -> None:
    """Stated rightly, not at all or wrongly: the letters come out right."""
    web.replies["/a"] = Reply([_html().encode("windows-1251")], kind)
    assert _read(web.url("/a")).text == WORDS


def test_plain_text_and_markdown_are_read(web: WebServer) -> None:
    """Text is taken as it stands, in the charset stated; Markdown loses its markup and keeps its headline."""
    web.replies["/a"] = Reply([WORDS.encode("koi8-u")], "text/plain; charset=koi8-u")
    web.replies["/b"] = Reply([f"---\nurl: not an [address\n---\n# {TITLE}\n\n**{WORDS}**".encode()], "Text/Markdown")
    plain, marked = _read(web.url("/a")), _read(web.url("/b"))
    assert (plain.text, plain.url) == (WORDS, web.url("/a"))
    assert (marked.title, marked.text, marked.url) == (TITLE, WORDS, web.url("/b"))


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", ""])
def test_other_kinds_are_not_read(web: WebServer, kind: str) -> None:
    """What is no page is left out, and the reason says what is read."""
    web.replies["/a"] = Reply([b"%PDF"], kind)
    assert _reason(web.url("/a")).startswith(f"not a page but {kind or 'something'}")
    assert "text/html, application/xhtml+xml, text/plain" in _reason(web.url("/a"))


@pytest.mark.parametrize(
    ("status", "reason"),
    [(404, "no such page"), (403, "refuses access"), (429, "try again later"), (500, "error 500"), (304, "error 304")],
)
def test_refusals_of_a_site_are_told(web: WebServer, status: int, reason: str) -> None:
    """Each status that is no page gives its reason."""
    web.replies["/a"] = Reply([], status=status)
    assert reason in _reason(web.url("/a"))


def test_a_page_without_words_is_no_article(web: WebServer) -> None:
    """Nothing at all, and markup alone, are told apart."""
    web.replies["/empty"] = Reply()
    web.replies["/bare"] = Reply([b"<html><body><script>go()</script></body></html>"])
    assert (_reason(web.url("/empty")), _reason(web.url("/bare"))) == ("empty", "no text")


def test_a_long_page_is_left_at_the_limit(web: WebServer) -> None:
    """Of a body of 50 MB hardly more than the limit is taken."""
    sent: list[int] = []

    def blocks() -> Iterator[bytes]:
        for _ in range(50):
            sent.append(1)
            yield bytes(1_000_000)

    web.replies["/a"] = Reply(blocks())
    assert _reason(web.url("/a"), replace(HERE, max_bytes=2_000_000)) == "over the size limit of 2 MB"
    assert len(sent) < 30  # the rest lies in the buffers of the two sockets


def test_a_zip_bomb_is_not_unpacked(web: WebServer) -> None:
    """50 KB that unpack to 50 MB are left at the limit; packed twice, they are not read at all."""
    bomb = gzip.compress(bytes(50_000_000))
    web.replies["/a"] = Reply([bomb], headers={"Content-Encoding": "gzip"})
    web.replies["/b"] = Reply([gzip.compress(bomb)], headers={"Content-Encoding": "gzip, gzip"})
    assert _reason(web.url("/a")) == "over the size limit of 20 MB"
    assert _reason(web.url("/b")) == "packed in a way that was not asked for (gzip, gzip)"


def test_packed_pages_are_unpacked(web: WebServer) -> None:
    """A gzipped page is read; a damaged one, one cut short and one packed otherwise are not."""
    packed = gzip.compress(_html().encode())
    replies = {"/a": packed, "/b": packed[:-20], "/c": b"plain after all", "/d": zlib.compress(b"x")}
    web.replies |= {path: Reply([data], headers={"Content-Encoding": "gzip"}) for path, data in replies.items()}
    assert _read(web.url("/a")).text == WORDS
    assert {_reason(web.url(path)) for path in ("/b", "/c", "/d")} == {"damaged gzip"}


@pytest.mark.parametrize("blocks", [[], [b"<html>"]])
def test_a_page_that_never_ends_is_given_up(web: WebServer, blocks: list[bytes]) -> None:
    """Where nothing comes any more, before or after the first bytes, the time limit ends it."""
    web.replies["/a"] = Reply(blocks, hang=True)
    assert _reason(web.url("/a"), replace(HERE, seconds=0.3)) == "no answer within 0.3 s; try again later"


def test_a_slow_drip_is_given_up() -> None:
    """A head of which a byte comes now and then keeps nobody longer than the limit in all."""
    over = threading.Event()

    def drip(server: socket.socket) -> None:
        connection, _ = server.accept()
        with connection:
            for byte in b"HTTP/1.1 200 OK\r\n" + bytes(repeat(ord("a"), 1000)):
                if over.wait(0.05):
                    return
                connection.sendall(bytes([byte]))

    with socket.create_server(("127.0.0.1", 0)) as server:
        dripping = threading.Thread(target=drip, args=(server,))
        dripping.start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        assert "no answer within 0.4 s" in _reason(url, replace(HERE, seconds=0.4))
        over.set()
        dripping.join()


def test_a_resolver_that_hangs_is_left_behind() -> None:
    """The time limit holds for finding the host, too."""
    over = threading.Event()

    def hang(_host: str, _port: int) -> list[str]:
        over.wait()
        return []

    skipped = load_page("http://slow.example/", replace(HERE, seconds=0.2), hang)
    over.set()
    assert isinstance(skipped, Skipped)
    assert skipped.reason.startswith("no answer within 0.2 s")


def test_redirects_are_followed_five_times(web: WebServer) -> None:
    """Five are followed, six are too many, and a circle is one of these."""
    web.replies |= {f"/{n}": Reply(status=302, headers={"Location": f"/{n + 1}"}) for n in range(6)}
    web.replies["/6"] = Reply([_html().encode()])
    web.replies["/round"] = Reply(status=307, headers={"Location": "/round"})
    assert _read(web.url("/1")).text == WORDS
    assert _reason(web.url("/0")) == _reason(web.url("/round")) == "more than 5 redirects"


def test_the_body_of_a_redirect_is_not_read(web: WebServer) -> None:
    """A redirect may be followed by anything, endless things included."""
    web.replies["/a"] = Reply(repeat(bytes(1_000_000)), status=302, headers={"Location": "/b"})
    web.replies["/b"] = Reply([_html().encode()])
    assert _read(web.url("/a")).text == WORDS


PUBLIC = replace(HERE, private_addresses=False)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0x7f.1", "2130706433", "news.example"])
def test_private_addresses_are_refused(web: WebServer, host: str) -> None:
    """However loopback is written, and by a name that leads there, nothing is asked and the remedy is told."""
    web.replies["/a"] = Reply([_html().encode()])
    reason = _reason(web.url("/a", host), PUBLIC, {"news.example": "127.0.0.1", "localhost": "::1 127.0.0.1"})
    assert reason == "the address leads into a private network; [load] private_addresses = true allows that"
    assert web.asked == []


def test_a_private_address_among_public_ones_is_refused(web: WebServer) -> None:
    """A name with two addresses is refused for one of them."""
    reason = _reason(web.url("/a", "two.example"), PUBLIC, {"two.example": "93.184.215.14 127.0.0.1"})
    assert "private network" in reason
    assert web.asked == []


@pytest.mark.parametrize(
    "target", ["http://169.254.169.254/latest/meta-data/", "http://inside.example/", "file:///a", "ftp://a/"]
)
def test_a_redirect_is_checked_like_an_address(web: WebServer, monkeypatch: pytest.MonkeyPatch, target: str) -> None:
    """From an allowed page to a private one, or to another scheme, nobody is led."""
    web.replies["/a"] = Reply(status=302, headers={"Location": target})
    monkeypatch.setattr("index.load.follow.is_public", lambda address: address == "127.0.0.1" or is_public(address))
    reason = _reason(web.url("/a"), PUBLIC, {"inside.example": "10.0.0.7"})
    assert "private network" in reason or "only http and https" in reason
    assert len(web.asked) == 1


def test_the_connection_goes_to_the_address_that_was_checked(web: WebServer) -> None:
    """A name is looked up once, and the server is asked under that name."""
    answers = iter([["127.0.0.1"], ["192.0.2.1"]])
    web.replies["/a"] = Reply([_html().encode()])
    raw = load_page(web.url("/a", "news.example"), HERE, lambda *_: next(answers))
    assert isinstance(raw, RawArticle)
    assert web.asked[0][1]["host"] == f"news.example:{web.port}"
    assert next(answers) == ["192.0.2.1"]


def test_the_next_address_is_tried(web: WebServer) -> None:
    """Where a host's first address does not answer, its second is asked."""
    web.replies["/a"] = Reply([_html().encode()])
    assert _read(web.url("/a", "news.example"), hosts={"news.example": "127.0.0.9 127.0.0.1"}).text == WORDS


def test_encryption_is_for_the_name_asked_for() -> None:
    """The server is told the host's name, which its certificate must bear, although an address is connected to."""
    heard: list[bytes] = []

    def listen(server: socket.socket) -> None:
        connection, _ = server.accept()
        with connection:
            heard.append(connection.recv(4096))
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as server:
        listening = threading.Thread(target=listen, args=(server,))
        listening.start()
        url = f"https://news.example:{server.getsockname()[1]}/"
        assert _reason(url, hosts={"news.example": "127.0.0.1"}).startswith("no safe connection")
        listening.join()
    assert b"news.example" in heard[0]


def test_proxies_of_the_environment_are_not_used(web: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes through a proxy cannot be checked, so none is asked."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    web.replies["/a"] = Reply([_html().encode()])
    assert _read(web.url("/a")).text == WORDS


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("file:///etc/passwd", "only http and https addresses are read, not file"),
        ("file:/etc/passwd", "only http and https addresses are read, not file"),
        ("ftp://news.example/a", "only http and https addresses are read, not ftp"),
        ("news.example/a", "only http and https addresses are read, not others"),
        ("http://", "not a valid address"),
        ("http://[::1", "not a valid address"),
        ("http://news.example:99999/", "not a valid address"),
        ("http://\ud800.example/", "not a valid address"),
        ("http://a" + "b" * 70_000, "not a valid address"),
        ("http://nowhere.example/", "no such host"),
        ("http://127.0.0.1:1/", "the site cannot be reached"),
        ("http://me:secret@news.example/", "an address with a user name or password is not read"),
    ],
)
def test_what_cannot_be_asked_is_told(address: str, reason: str) -> None:
    """Each has its reason; a password is not repeated."""
    skipped = load_page(address, HERE, _names({}))
    assert skipped == Skipped(shown(address), reason)
    assert "secret" not in skipped.source


def test_a_broken_answer_is_told() -> None:
    """A server that hangs up says nothing to be read."""

    def hang_up(server: socket.socket) -> None:
        server.accept()[0].close()

    with socket.create_server(("127.0.0.1", 0)) as server:
        hanging = threading.Thread(target=hang_up, args=(server,))
        hanging.start()
        assert _reason(f"http://127.0.0.1:{server.getsockname()[1]}/").startswith("the connection broke off")
        hanging.join()


@settings(max_examples=30, deadline=None)
@given(st.text() | st.text(max_size=30).map("http://".__add__) | st.from_regex(r"https?://[a-z0-9.:@\[\]%/?#-]{1,30}"))
def test_no_address_raises(address: str) -> None:
    """Whatever is given as an address, a reason comes back, and it can be stored."""

    def nowhere(_host: str, _port: int) -> list[str]:
        raise OSError

    skipped = load_page(address, PUBLIC, nowhere)
    assert isinstance(skipped, Skipped)
    assert skipped.reason
    assert skipped.source.encode() is not None


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.192",
        "0.0.0.0",  # noqa: S104 - nothing is bound to it
        "224.0.0.251",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "fd00:ec2::254",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::127.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::a00:1",
        "64:ff9b:1::1",
        "2001:db8::1",
        "2001:0:53aa:64c::1",
        "news.example",
        "",
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    """Private, shared, local, multicast, reserved and unspecified ones, also inside IPv6, and what is none."""
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "2002:808:808::", "64:ff9b::808:808"]
)
def test_addresses_that_are_public(address: str) -> None:
    """Ordinary ones, also inside IPv6, as networks without IPv4 give them."""
    assert is_public(address)


def test_an_address_is_told_from_a_path() -> None:
    """What begins with a scheme and two slashes is an address."""
    assert all(map(is_address, ("https://a.example/b", "HTTP://a", "ftp://a", "file:///a")))
    assert not any(map(is_address, ("/news/a.txt", "news", "a:b.txt", "upload:a.txt", "./http://a", "C:\\news")))
