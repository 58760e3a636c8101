"""What administrators do in a private chat, end to end, and that nobody else can, nor sees that it exists."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from index.compose import open_archive, open_ingester
from index.config import LoadSettings
from index.errors import StoreError
from tests.fake_bot_api import FakeBotApi
from tests.telegram_bot import BOT, GROUP, Broken, Room, ask, labels, links, methods, of_bot, press, serving, talking
from tests.web_server import Reply, web_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import TypeVar

    from index.compose import Archive
    from tests.web_server import WebServer

    Result = TypeVar("Result")

ADMIN = 7
LIGHTHOUSE = """\
The lighthouse on Gannet Point was lit again on Monday after nine years of darkness, the harbour board said.

Its new lamp was built by Ingrid Solheim, a watchmaker from the village, who worked on it for fourteen months.

The light can be seen from 21 miles away, and it needs no more power than a kettle, Solheim told reporters.
"""
WHO = "Who built the new lamp of the lighthouse on Gannet Point?"
CHANNEL = {"id": -1_000_000_000_077, "type": "channel", "title": "Gannet News", "username": "gannet_news"}
POST = {"type": "channel", "date": 1_770_000_000, "chat": CHANNEL, "message_id": 12}


@pytest.fixture
def web() -> Iterator[WebServer]:
    """A web server that has one article."""
    body = "".join(f"<p>{line}</p>" for line in LIGHTHOUSE.split("\n\n"))
    head = '<title>Lighthouse lit again</title><meta property="og:site_name" content="Gannet News">'
    page = (
        f"<html lang='en'><head>{head}</head><body><article><h1>Lighthouse lit again</h1>{body}</article></body></html>"
    )
    with web_server() as server:
        server.replies["/light"] = Reply([page.encode()])
        yield server


def _file(name: str, content: bytes) -> dict[str, Any]:
    return {"document": {"file_name": name, "content": content}}


async def test_an_article_is_added_by_its_link(own_archive: Archive, tmp_path: Path, web: WebServer) -> None:
    """It is found at once, by everybody; added again nothing changes; removed by its link it is found no more."""
    loading = own_archive.config.model_copy(update={"load": LoadSettings(private_addresses=True)})
    archive, link = replace(own_archive, config=loading), web.url("/light")
    async with talking(archive, tmp_path / "state", administrators=(ADMIN,)) as tg:
        added = await ask(tg, f"/add {link}", user=ADMIN, language_code="en")
        assert added["text"].startswith("Added: Lighthouse lit again\n")
        assert "Ingrid Solheim" in (await ask(tg, WHO))["text"]
        assert (await ask(tg, f"/add {link}", user=ADMIN))["text"].startswith("Already there, nothing has changed: L")
        assert (await ask(tg, f"/remove {link}", user=ADMIN))["text"] == "Removed: Lighthouse lit again"
        assert "Ingrid Solheim" not in (await ask(tg, WHO))["text"]


async def test_what_cannot_be_added_or_removed_is_explained(archive: Archive, tmp_path: Path) -> None:
    """Usage without an address; the reason where a page cannot be had; the name of what is not there."""
    async with talking(archive, tmp_path / "state", administrators=(ADMIN,)) as tg:
        said = [
            (await ask(tg, text, user=ADMIN, language_code="uk"))["text"]
            for text in ("/add", "/add http://127.0.0.1:9/private", "/remove", "/remove https://nowhere.example/x")
        ]
    assert said[0].startswith("Надішліть посилання після команди:\n/add https://")
    assert said[1].startswith("Не вдалося додати http://127.0.0.1:9/private\nАдреса веде в закриту мережу")
    assert said[2].startswith("Напишіть після команди посилання")
    assert said[3] == "Такої статті немає: https://nowhere.example/x"


async def test_articles_are_added_by_document(own_archive: Archive, tmp_path: Path) -> None:
    """A text, or a file of several articles; each is named, and found afterwards."""
    records = [{"text": LIGHTHOUSE.replace("Gannet", name), "title": f"Light on {name}"} for name in ("Skua", "Tern")]
    lines = "\n".join(map(json.dumps, records)).encode()
    async with talking(own_archive, tmp_path / "state", administrators=(ADMIN,)) as tg:
        text = await ask(tg, "", user=ADMIN, language_code="en", **_file("light.txt", LIGHTHOUSE.encode()))
        several = await ask(tg, "", user=ADMIN, **_file("lights.jsonl", lines))
        answer = await ask(tg, WHO)
    assert text["text"].startswith("Added: The lighthouse on Gannet Point was lit again")
    assert [line for line in several["text"].split("\n") if ":" in line] == [
        "Added: Light on Skua",
        "Added: Light on Tern",
    ]
    assert "Ingrid Solheim" in answer["text"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("light.exe", b"MZ", "light.exe"),
        ("empty.txt", b" ", "empty.txt"),
        ("big.txt", b"a " * 10_000_001, "up to 20 MB"),
    ],
)
async def test_a_document_that_is_no_article(
    archive: Archive, tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    """Of an unknown kind, empty, or too big to be fetched: it is named with the reason."""
    async with talking(archive, tmp_path / "state", administrators=(ADMIN,)) as tg:
        refused = await ask(tg, "", user=ADMIN, language_code="en", **_file(name, content))
    assert refused["text"].startswith("Could not add ")
    assert reason in refused["text"]
    assert len(refused["text"].split("\n")) == 2


async def test_a_forwarded_post_is_added(own_archive: Archive, tmp_path: Path) -> None:
    """Under its channel's name and its own address; removed by the id that was told when it was added."""
    async with talking(own_archive, tmp_path / "state", administrators=(ADMIN,)) as tg:
        added = await ask(tg, LIGHTHOUSE, user=ADMIN, language_code="en", forward_origin=POST)
        answer = await ask(tg, WHO)
        (identity,) = [each for each in added["entities"] if each["type"] == "code"]
        shown = added["text"][identity["offset"] :]
        removed = await ask(tg, f"/remove {shown}", user=ADMIN)
    assert " — Gannet News, 2 Feb 2026" in answer["text"]
    assert "https://t.me/gannet_news/12" in links(answer)
    assert removed["text"].startswith("Removed: The lighthouse on Gannet Point")


@pytest.mark.parametrize(
    "origin",
    [
        {"type": "user", "sender_user": {"id": 5, "is_bot": False, "first_name": "Olena"}},
        {"type": "hidden_user", "sender_user_name": "Olena"},
    ],
)
async def test_what_people_wrote_is_not_added(archive: Archive, tmp_path: Path, origin: dict[str, Any]) -> None:
    """Forwarded from a person, also one who does not show who they are, it is read as a question."""
    async with talking(archive, tmp_path / "state", administrators=(ADMIN,)) as tg:
        forwarded = origin | {"date": POST["date"]}
        answer = await ask(tg, "Кто капитан судна Aurelia?", user=ADMIN, forward_origin=forwarded)
    assert "[1]" in labels(answer)


async def test_while_the_index_is_written_they_are_asked_to_wait(own_archive: Archive, tmp_path: Path) -> None:
    """Another process is writing: that is said, in the administrator's language, and no path is shown."""
    async with talking(own_archive, tmp_path / "state", administrators=(ADMIN,)) as tg:
        with open_ingester(own_archive.config):
            busy = await ask(tg, LIGHTHOUSE, user=ADMIN, language_code="uk", forward_origin=POST)
        added = await ask(tg, LIGHTHOUSE, user=ADMIN, forward_origin=POST)
    assert busy["text"] == "Зараз індекс записується. Спробуйте, будь ласка, ще раз через хвилину."
    assert added["text"].startswith("Додано: ")


async def test_where_the_index_cannot_be_written_they_get_a_code(archive: Archive, tmp_path: Path) -> None:
    """What is wrong with the server stands in its log; the administrator finds it by the apology's code."""

    class Full(Room):
        async def run(self, job: Callable[[Archive], Result], seconds: float | None = None) -> Result:
            if seconds and seconds > 100:
                raise StoreError("/srv/citewire/index.sqlite: disk full")
            return await super().run(job, seconds)

    async with talking(archive, tmp_path / "state", workroom=Full(archive), administrators=(ADMIN,)) as tg:
        apology = await ask(tg, LIGHTHOUSE, user=ADMIN, language_code="en", forward_origin=POST)
        errors = await ask(tg, "/errors", user=ADMIN)
    assert apology["text"].split()[-1] in errors["text"]
    assert "/srv" not in apology["text"] + errors["text"]


async def test_an_empty_index_is_filled(archive: Archive, tmp_path: Path) -> None:
    """At first there is nothing to ask about; once articles are added, the greeting offers questions on them."""
    config = archive.config.model_copy(
        update={"store": archive.config.store.model_copy(update={"path": tmp_path / "new"})}
    )
    with open_ingester(config):
        pass
    new = open_archive(config)
    async with talking(new, tmp_path / "state", administrators=(ADMIN,), workroom=Room(new)) as tg:
        greeting = await ask(tg, "/start", language_code="en")
        assert (greeting["text"].split("\n\n")[-1][:25], labels(greeting)) == ("I have no articles yet. P", [])
        for text in ("/sources", "/latest"):
            assert "no articles yet" in (await ask(tg, text))["text"]
        await ask(tg, LIGHTHOUSE, user=ADMIN, forward_origin=POST)
        assert "1 article, 1 outlet" in (await ask(tg, "/sources"))["text"]
        asked = 100
        async with asyncio.timeout(30):
            while not labels(await ask(tg, "/start", user=asked)):  # they are looked for in the background
                asked += 1
        example = labels(of_bot(tg, asked)[0])[0]
        assert "Gannet News" in (await press(tg, example, asked))["text"]


async def test_figures_and_errors(archive: Archive, tmp_path: Path) -> None:
    """An error is listed under the number that the asker saw, by its kind alone; the figures count what was asked."""
    broken = Broken(archive, RuntimeError("the disk is on fire"))
    async with FakeBotApi(flood=False) as tg:
        async with serving(tg, archive, tmp_path / "state", administrators=(ADMIN,), workroom=broken):
            assert (await ask(tg, "/errors", user=ADMIN, language_code="en"))["text"] == "No errors so far."
            apology = await ask(tg, WHO)
            errors = (await ask(tg, "/errors", user=ADMIN))["text"]
            assert apology["text"].split()[-1] in errors
            assert "message: RuntimeError" in errors
            assert "fire" not in errors
        async with serving(tg, archive, tmp_path / "state", administrators=(ADMIN,)):
            await ask(tg, "Кто капитан судна Aurelia?")
            stats = (await ask(tg, "/stats", user=ADMIN))["text"]
    assert "Answers: 1, refusals: 0, in the last day: 1" in stats
    assert "Questions waiting: 0" in stats
    assert "Articles: 72" in stats


async def test_nobody_else_sees_that_it_exists(archive: Archive, tmp_path: Path) -> None:
    """An administrator's commands are as unknown to others as any: same words, same signs; posts are questions."""
    async with talking(archive, tmp_path / "state", administrators=(ADMIN,)) as tg:
        unknown = [(await ask(tg, text, user=2, language_code="en"))["text"] for text in ("/zz", "/zz yy")]
        for user, name in enumerate(("add", "remove", "stats", "errors"), 10):
            told = [
                (await ask(tg, text, user=user, language_code="en"))["text"] for text in (f"/{name}", f"/{name} yy")
            ]
            assert told == unknown
            assert methods(tg, user) == methods(tg, 2)
        document = await ask(tg, "", user=20, language_code="en", **_file("light.txt", LIGHTHOUSE.encode()))
        post = await ask(tg, WHO, user=21, language_code="en", forward_origin=POST)
    assert document["text"] == "I can read text only. Please write your question in words."
    assert post["text"].startswith("The articles do not answer this.")


async def test_in_groups_administrators_are_like_anybody(archive: Archive, tmp_path: Path) -> None:
    """Where others look on, their commands are unknown, and documents are not taken."""
    async with talking(archive, tmp_path / "state", administrators=(ADMIN,)) as tg:
        tg.send_message("/stats", user=ADMIN, chat=GROUP)
        tg.send_message("/add https://visnyk.example/mist", user=ADMIN, chat=GROUP)
        helped = await ask(tg, f"/help{BOT}", user=ADMIN, chat=GROUP, language_code="en")
        assert len(of_bot(tg, GROUP)) == 1
        assert methods(tg, GROUP) == ["sendMessage"]
    assert helped["text"].startswith("Just write your question")
    assert "/stats" not in helped["text"]
