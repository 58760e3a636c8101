"""Any language model behind an OpenAI-compatible address, through LlamaIndex: the extra ``llm``."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from index.errors import ConfigError, LanguageModelError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import openai

_NO_KEY = "none"
"""Sent where no key is needed: without any, the library would send the one in OPENAI_API_KEY to whatever address."""
_REMEDIES = {
    401: "refused the key; check the variable that [llm] api_key_env names",
    403: "refused the key; check the variable that [llm] api_key_env names",
    404: "knows no such address or model; check [llm] base_url and model",
    429: "takes no more requests for now",
    503: "is not ready: it still loads its model, or has too much to do",
}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model is reached, by which name, and how many tokens it reads at all and may write."""

    base_url: str
    model: str
    context: int
    reply: int
    api_key: str = field(default="", repr=False)


class OpenAILikeModel:
    """The LanguageModel port over an OpenAI-compatible server: Ollama, llama.cpp's, vLLM, a cloud. Thread-safe.

    Raises ConfigError where the library is missing.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        try:
            # Loaded now, so that no question's time goes into it: the first request loads the rest by itself.
            import httpcore  # noqa: F401 - likewise
            import llama_index.llms.openai_like  # noqa: F401 - likewise
            import openai.resources  # noqa: F401 - likewise
        except ImportError as error:
            needed = "pip install 'citewire[llm]'"
            raise ConfigError(f"Answers written by a language model need more packages: {needed}") from error

    def write(self, instructions: str, material: str, seconds: float) -> Iterator[str]:
        """The reply in pieces, all of them within so many ``seconds``. Raises LanguageModelError.

        A thread of its own reads: no limit of the HTTP library holds for a reply as a whole, and a server that sends a
        word now and then would never run into one.
        """
        until = time.monotonic() + seconds
        pieces: SimpleQueue[str | LanguageModelError | None] = SimpleQueue()
        unwanted = threading.Event()
        asked = (instructions, material, max(seconds, 0.001), pieces, unwanted)
        threading.Thread(target=self._read, args=asked, name="language-model", daemon=True).start()
        try:
            while (piece := self._next(pieces, until)) is not None:
                yield piece
        finally:
            unwanted.set()

    def _next(self, pieces: SimpleQueue[str | LanguageModelError | None], until: float) -> str | None:
        """The next piece, None at the end."""
        try:
            piece = pieces.get(timeout=max(until - time.monotonic(), 0))
        except Empty:
            raise self._error("did not finish in time; see [llm] timeout") from None
        if isinstance(piece, LanguageModelError):
            raise piece
        return piece

    def _read(
        self,
        instructions: str,
        material: str,
        seconds: float,
        pieces: SimpleQueue[str | LanguageModelError | None],
        unwanted: threading.Event,
    ) -> None:
        """Ask the server and pass on what it sends; then None, or what went wrong."""
        end: LanguageModelError | None = self._error("gave an empty answer")
        try:
            with self._stream(instructions, material, seconds) as stream:
                for part in stream:
                    if unwanted.is_set():
                        return
                    if _is_refused(part.raw):
                        pieces.put(self._error("refused to answer"))
                        return
                    if part.delta:
                        end = None
                        pieces.put(part.delta)
                    elif end and "length" in _finishes(part.raw):
                        end = self._error("used up its reply before it said anything; raise [llm] reply")
            pieces.put(end)
        except Exception as error:  # noqa: BLE001 - a server may send anything, and the libraries fail on it in as many ways
            pieces.put(self._translated(error))

    @contextmanager
    def _stream(self, instructions: str, material: str, seconds: float) -> Iterator[Iterator[Any]]:
        """A reply as it comes, over a connection of its own, which closes with it. The key goes to no other address."""
        import httpx
        from llama_index.core.llms import ChatMessage, MessageRole
        from llama_index.llms.openai_like import OpenAILike

        endpoint = self._endpoint
        with httpx.Client(timeout=seconds, follow_redirects=False) as client:
            model = OpenAILike(
                model=endpoint.model,
                api_base=endpoint.base_url,
                api_key=endpoint.api_key or _NO_KEY,
                context_window=endpoint.context,
                max_tokens=endpoint.reply,
                is_chat_model=True,
                temperature=0.0,
                max_retries=0,
                timeout=seconds,
                http_client=client,  # type: ignore[call-arg] # the library's constructor takes it, its fields do not say
            )
            yield iter(
                model.stream_chat(
                    [
                        ChatMessage(role=MessageRole.SYSTEM, content=instructions),
                        ChatMessage(role=MessageRole.USER, content=material),
                    ]
                )
            )

    def _translated(self, error: Exception) -> LanguageModelError:
        """What went wrong in words of ours: a server's own may repeat the key or the texts it was sent."""
        import httpx
        import openai

        if isinstance(error, openai.APIError) and _is_too_long(error):
            return self._error("keeps less context than [llm] context says; lower that, or raise it at the server")
        if isinstance(error, openai.APIStatusError):
            return self._error(f"{_remedy(error.status_code)} (HTTP {error.status_code})")
        if isinstance(error, (openai.APITimeoutError, httpx.TimeoutException)):
            return self._error("did not finish in time; see [llm] timeout")
        if isinstance(error, (openai.APIConnectionError, httpx.HTTPError)):
            return self._error("cannot be reached, or broke off; check [llm] base_url and that it runs")
        if isinstance(error, openai.APIError):
            return self._error("failed while it answered")
        return self._error(f"sent what cannot be read ({type(error).__name__})")

    def _error(self, what: str) -> LanguageModelError:
        return LanguageModelError(f"The language model {self._endpoint.model} at {self._endpoint.base_url} {what}")


def _remedy(status: int) -> str:
    """What an HTTP status means here."""
    other = "failed" if status >= 500 else "refused the request; check [llm] model and context"  # noqa: PLR2004 - HTTP
    return _REMEDIES.get(status, other)


def _is_too_long(error: openai.APIError) -> bool:
    """Whether a server means that it cannot hold so much: llama.cpp, Ollama, vLLM and OpenAI say it in words of theirs.

    They agree in one: "exceed_context_size_error", "context_length_exceeded", "maximum context length is 4096 tokens".
    """
    status = getattr(error, "status_code", None)
    return status in {None, 400, 413} and "context" in f"{error.code} {error.type} {error.message}".casefold()


def _is_refused(chunk: Any) -> bool:
    """Whether a piece of a reply says, in the fields that the API has for it, that there will be none."""
    choices = getattr(chunk, "choices", None) or ()
    return "content_filter" in _finishes(chunk) or any(getattr(each.delta, "refusal", None) for each in choices)


def _finishes(chunk: Any) -> list[str | None]:
    """Why a reply ends with this piece, if it does: "stop", "length" or "content_filter"."""
    return [each.finish_reason for each in getattr(chunk, "choices", None) or ()]
