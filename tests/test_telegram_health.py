"""The bot's local pages: whether it is well, and its figures."""

from __future__ import annotations

import json
import socket
from http.client import HTTPConnection
from time import monotonic
from typing import TYPE_CHECKING

import pytest

from bot.telegram.health import serve_health
from bot.telegram.metrics import Metrics
from index.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable


def well() -> str:
    """Nothing is wrong."""
    return ""


def ask(port: int, path: str, method: str = "GET") -> tuple[int, str, str]:
    """Status, content type and text of a page."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, path)
        answer = connection.getresponse()
        return answer.status, answer.headers["Content-Type"], answer.read().decode("utf-8")
    finally:
        connection.close()


def figure(metrics: Metrics, name: str) -> float:
    """The value of one line of the figures."""
    (line,) = [each for each in metrics.text().splitlines() if each.startswith(name + " ")]
    return float(line.split()[-1])


def test_health_follows_the_bot() -> None:
    """200 while nothing is wrong, 503 with the reason while something is."""
    trouble = [""]
    with serve_health(0, Metrics(), lambda: trouble[0]) as port:
        assert ask(port, "/healthz") == (200, "application/json", '{"healthy": true}')
        trouble[0] = "no updates for 90 s"
        status, _, text = ask(port, "/healthz")
    assert (status, json.loads(text)) == (503, {"healthy": False, "reason": "no updates for 90 s"})


def test_metrics_are_served_for_prometheus() -> None:
    """The page holds what was counted, in the text format."""
    metrics = Metrics()
    metrics.update("message")
    with serve_health(0, metrics, well) as port:
        status, kind, text = ask(port, "/metrics")
    assert (status, kind.partition(";")[0]) == (200, "text/plain")
    assert 'citewire_updates_total{kind="message"} 1.0' in text


def test_other_pages_and_headers_only(capfd: pytest.CaptureFixture[str]) -> None:
    """An unknown address is 404, HEAD has no text, and nobody writes to standard error."""
    with serve_health(0, Metrics(), well) as port:
        assert ask(port, "/secrets")[0] == 404
        assert ask(port, "/healthz", "HEAD")[::2] == (200, "")
    assert capfd.readouterr().err == ""


def test_a_check_that_fails_is_no_health(capfd: pytest.CaptureFixture[str]) -> None:
    """The page is answered with an error, without a traceback on it or on standard error."""
    with serve_health(0, Metrics(), lambda: str(1 // 0)) as port:
        status, _, text = ask(port, "/healthz")
    assert status == 500
    assert "ZeroDivisionError" not in text + capfd.readouterr().err


def test_a_silent_client_keeps_nobody_waiting() -> None:
    """One who connects and says nothing does not hold the page up, nor the end."""
    start = monotonic()
    with socket.socket() as silent:
        with serve_health(0, Metrics(), well) as port:
            silent.connect(("127.0.0.1", port))
            assert ask(port, "/healthz")[0] == 200
        assert monotonic() - start < 4  # below the time that a client is given


def test_a_port_in_use_names_the_setting() -> None:
    """The error says which setting to change."""
    with (
        serve_health(0, Metrics(), well) as port,
        pytest.raises(ConfigError, match=rf"\[telegram\] metrics_port = {port}: .*another port"),
        serve_health(port, Metrics(), well),
    ):
        pass


def test_the_port_is_free_again_afterwards() -> None:
    """A restarted bot can listen where it did."""
    with serve_health(0, Metrics(), well) as port:
        ask(port, "/healthz")
    with serve_health(port, Metrics(), well) as again:
        assert again == port


def test_only_this_machine_is_listened_to() -> None:
    """Nobody outside sees the figures."""
    with serve_health(0, Metrics(), well) as port, socket.socket() as other:
        other.bind(("127.0.0.2", port))  # fails where all addresses are listened on


COUNTED: list[tuple[Callable[[Metrics], None], str, float]] = [
    (lambda m: m.update("press"), 'citewire_updates_total{kind="press"}', 1),
    (lambda m: m.question("uk", "late"), 'citewire_questions_total{language="uk",outcome="late"}', 1),
    (lambda m: m.question("uk", "busy"), "citewire_answer_seconds_count", 0),
    (lambda m: m.question("en", "answered", 2.0), "citewire_answer_seconds_sum", 2),
    (lambda m: m.acknowledged(0.2), 'citewire_acknowledge_seconds_bucket{le="0.25"}', 1),
    (lambda m: m.sent("sendMessage", "ok"), 'citewire_sends_total{method="sendMessage",outcome="ok"}', 1),
    (lambda m: m.waiting(7), "citewire_waiting", 7),
    (lambda m: m.rated(1), 'citewire_ratings_total{vote="up"}', 1),
    (lambda m: m.rated(-1), 'citewire_ratings_total{vote="down"}', 1),
]


@pytest.mark.parametrize(("happens", "name", "value"), COUNTED, ids=[name for _, name, _ in COUNTED])
def test_what_happens_is_counted(happens: Callable[[Metrics], None], name: str, value: float) -> None:
    """Each event raises its own figure, and figures of another bot are apart."""
    metrics = Metrics()
    happens(Metrics())
    happens(metrics)
    assert figure(metrics, name) == value
