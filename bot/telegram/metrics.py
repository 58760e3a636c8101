"""What the bot counts for Prometheus. Labels have few values each, and none of them names a person or a chat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from bot.telegram.types import Vote
    from index.types import Answer, AskerLanguage

Outcome = Literal["answered", "refused", "late", "failed", "busy", "over_quota", "not_admitted", "cancelled"]

_ACKNOWLEDGED = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
_ANSWERED = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120)
"""Upper bounds in seconds; from the target for an acknowledgement (1 s) and the default time limit (60 s)."""


class Metrics:
    """Counters over a registry of their own, so that two bots in a process do not add up. Safe from any thread."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

        self._registry = every = CollectorRegistry()
        ProcessCollector(registry=every)
        self._updates = Counter("citewire_updates", "Updates received.", ["kind"], registry=every)
        self._questions = Counter("citewire_questions", "Questions ended.", ["language", "outcome"], registry=every)
        self._written = Counter(
            "citewire_written",
            "Answers asked of a model: llm, or why not.",
            ["language", "outcome"],
            registry=every,
        )
        self._sentences = Counter(
            "citewire_written_sentences",
            "Verdicts on sentences that a model wrote, by each reason against them.",
            ["language", "verdict"],
            registry=every,
        )
        self._sends = Counter("citewire_sends", "Calls to the Bot API ended.", ["method", "outcome"], registry=every)
        self._ratings = Counter("citewire_ratings", "Votes on answers.", ["vote"], registry=every)
        self._waiting = Gauge("citewire_waiting", "Updates accepted and not finished.", registry=every)
        self._acknowledged = Histogram(
            "citewire_acknowledge_seconds",
            "From a question to its first sign of life.",
            registry=every,
            buckets=_ACKNOWLEDGED,
        )
        self._answered = Histogram(
            "citewire_answer_seconds", "From a question to its answer.", registry=every, buckets=_ANSWERED
        )

    def update(self, kind: str) -> None:
        """An update came in."""
        self._updates.labels(kind).inc()

    def acknowledged(self, seconds: float) -> None:
        """Somebody saw, so many seconds after asking, that their question is worked on."""
        self._acknowledged.observe(seconds)

    def question(self, language: AskerLanguage, outcome: Outcome, seconds: float | None = None) -> None:
        """A question ended one way or another; ``seconds`` where it was thought about."""
        self._questions.labels(language, outcome).inc()
        if seconds is not None:
            self._answered.observe(seconds)

    def written(self, found: Answer) -> None:
        """A model was to write an answer: whether it stands, and what checking found of each of its sentences."""
        self._written.labels(found.language, found.mode if found.mode == "llm" else found.note or "refused").inc()
        for each in found.verdicts:
            for verdict in each.reasons or ("supported",):
                self._sentences.labels(found.language, verdict).inc()

    def sent(self, method: str, outcome: str) -> None:
        """A call to the Bot API ended: ok, or what its failure means."""
        self._sends.labels(method, outcome).inc()

    def waiting(self, count: int) -> None:
        """So many updates are accepted and not finished."""
        self._waiting.set(count)

    def rated(self, vote: Vote) -> None:
        """Somebody voted on an answer."""
        self._ratings.labels("up" if vote > 0 else "down").inc()

    def text(self) -> str:
        """All figures in Prometheus's text format."""
        from prometheus_client import generate_latest

        return generate_latest(self._registry).decode("utf-8")
