"""The language model behind an OpenAI-compatible address, over real HTTP: replies in pieces, every fault in words."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from index.adapters.llm import Endpoint, OpenAILikeModel
from index.errors import LanguageModelError
from tests.fake_llm import Fail, Raw, Reset, Say, fake_llm

if TYPE_CHECKING:
    from tests.fake_llm import Act, FakeLlm

KEY = "key-of-our-own-123"
GARBAGE = Raw(b'data: {"choices": [}\n\n')
STRANGE = Raw(b'data: {"choices": "none", "id": 5}\n\ndata: [DONE]\n\n')
ERROR = Raw(b'data: {"error": {"message": "out of memory", "code": 500}}\n\n')
PAGE = Raw(b"<html>Please log in</html>", "text/html")
LLAMA_CPP = Raw(b'data: {"error": {"code": 400, "message": "", "type": "exceed_context_size_error"}}\n\n')
VLLM = Raw(b'data: {"error": {"code": 400, "message": "The maximum context length is 99 tokens"}}\n\n')


def _model(fake: FakeLlm, key: str = KEY) -> OpenAILikeModel:
    return OpenAILikeModel(Endpoint(fake.base_url, "scripted", 4096, 300, key))


def _error(act: Act, seconds: float = 5.0) -> str:
    with fake_llm(act) as fake, pytest.raises(LanguageModelError) as caught:
        list(_model(fake).write("Orders.", "A question.", seconds))
    return str(caught.value)


def test_reply_comes_in_pieces() -> None:
    """What the server sends is passed on as it comes."""
    with fake_llm(Say("Міст відкрили в суботу [1].", size=5)) as fake:
        pieces = list(_model(fake).write("Orders.", "A question.", 5))
    assert "".join(pieces) == "Міст відкрили в суботу [1]."
    assert len(pieces) > 3


def test_request_holds_orders_and_material_apart() -> None:
    """The orders go as the system's words, the material as the user's, with the model and a bound for its reply."""
    with fake_llm(Say("Yes [1].")) as fake:
        list(_model(fake).write("Orders.", "A question.", 5))
    asked = fake.asked[0]
    assert [(each["role"], each["content"]) for each in asked["messages"]] == [
        ("system", "Orders."),
        ("user", "A question."),
    ]
    assert (asked["model"], asked["stream"], asked["max_tokens"], asked["temperature"]) == ("scripted", True, 300, 0.0)


def test_key_is_sent_as_a_bearer() -> None:
    """The key given is the one that is sent."""
    with fake_llm(Say("Yes [1].")) as fake:
        list(_model(fake).write("", "", 5))
    assert fake.headers[0]["Authorization"] == f"Bearer {KEY}"


def test_keys_of_others_are_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a key of its own, an address does not get the one that the environment holds for OpenAI."""
    monkeypatch.setenv("OPENAI_API_KEY", "somebody-elses")
    with fake_llm(Say("Yes [1].")) as fake:
        list(_model(fake, key="").write("", "", 5))
    assert "somebody-elses" not in str(fake.headers)


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (Fail(401), r"refused the key; check .*api_key_env names \(HTTP 401\)"),
        (Fail(404), r"knows no such address or model"),
        (Fail(429), r"takes no more requests"),
        (Fail(400), r"refused the request; check \[llm\] model and context"),
        (Fail(500), r"failed \(HTTP 500\)"),
        (Fail(503), r"is not ready: .* \(HTTP 503\)"),
        (LLAMA_CPP, r"keeps less context than \[llm\] context says"),
        (VLLM, r"keeps less context than \[llm\] context says"),
        (Reset(), r"cannot be reached, or broke off"),
        (Reset("The bridge"), r"cannot be reached, or broke off"),
        (GARBAGE, r"sent what cannot be read"),
        (STRANGE, r"sent what cannot be read|empty answer"),
        (ERROR, r"failed while it answered"),
        (PAGE, r"gave an empty answer"),
        (Say(""), r"gave an empty answer"),
        (Say("", finish="length"), r"used up its reply before it said anything; raise \[llm\] reply"),
        (Say("", refusal="I cannot help with that."), r"refused to answer"),
        (Say("The bri", finish="content_filter"), r"refused to answer"),
    ],
)
def test_faults_are_told_in_our_words(act: Act, words: str) -> None:
    """Whatever goes wrong is one kind of error that names the address and a remedy, and repeats nothing it was sent."""
    with pytest.raises(LanguageModelError, match=words) as caught:
        raise LanguageModelError(_error(act))
    told = str(caught.value)
    assert "http://127.0.0.1" in told
    assert KEY not in told
    assert "A question." not in told


def test_nobody_listens() -> None:
    """An address where nothing runs is told as such."""
    with fake_llm() as fake:
        model = _model(fake)
    with pytest.raises(LanguageModelError, match="cannot be reached"):
        list(model.write("", "", 5))


@pytest.mark.parametrize("act", [Say("Late.", pause=0.9), Say("x" * 400, size=1, pause=0.05)])
def test_time_limit_holds_for_the_whole(act: Say) -> None:
    """A server that says nothing, and one that says a letter now and then, are given up at the limit."""
    started = time.monotonic()
    assert "did not finish in time" in _error(act, seconds=0.3)
    assert time.monotonic() - started < 0.9 + 0.3


def test_reading_may_end_early() -> None:
    """Whoever has read enough leaves, and the connection is given back."""
    with fake_llm(Say("One [1]. Two [1].", size=3)) as fake:
        pieces = _model(fake).write("", "", 5)
        assert next(pieces)
        del pieces


def test_key_stays_out_of_sight() -> None:
    """Printed, an endpoint does not show its key."""
    assert KEY not in repr(Endpoint("http://127.0.0.1/v1", "m", 4096, 300, KEY))


def test_missing_package_is_told() -> None:
    """Without the extra, the error says how to get it."""
    script = (
        "import sys; sys.modules['llama_index.llms.openai_like'] = None\n"
        "from index.adapters.llm import Endpoint, OpenAILikeModel\n"
        "OpenAILikeModel(Endpoint('http://127.0.0.1/v1', 'm', 4096, 300))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert "pip install 'citewire[llm]'" in done.stderr


def test_first_question_loads_nothing() -> None:
    """What the libraries load at a first request is loaded before, so that no question's time goes into it."""
    script = (
        "import sys\n"
        "from index.adapters.llm import Endpoint, OpenAILikeModel\n"
        "from tests.fake_llm import Say, fake_llm\n"
        "with fake_llm(Say('Yes [1].')) as fake:\n"
        "    model = OpenAILikeModel(Endpoint(fake.base_url, 'scripted', 4096, 300))\n"
        "    before = set(sys.modules)\n"
        "    list(model.write('', '', 5))\n"
        "    print(len(set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0"]
