"""Reading what a language model wrote: sentences and marks, whatever the form they come in."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answer.writing.reply import is_declined, read_reply

FORMS = [
    "The bridge opened on Saturday [1]. It cost 412 million hryvnias [2].",
    "The bridge opened on Saturday. [1] It cost 412 million hryvnias. [2]",
    "The bridge opened on Saturday.[1] It cost 412 million hryvnias.[2]",
    "The bridge opened on Saturday 【1】. It cost 412 million hryvnias 【2†source】.",
    "The bridge opened on Saturday (1). It cost 412 million hryvnias (2).",
    "The bridge opened on Saturday [passage 1]. It cost 412 million hryvnias [source 2].",
    "The bridge opened on Saturday [^1]. It cost 412 million hryvnias [№2].",
    "Sure, here is the answer:\n\nThe bridge opened on Saturday [1].\nIt cost 412 million hryvnias [2].",
    "Answer: The bridge opened on Saturday [1]. It cost 412 million hryvnias [2].",
    "## Bridge\n\n- **The bridge** opened on Saturday [1].\n- It cost *412 million* hryvnias [2].",
    "1. The bridge opened on Saturday [1].\n2. It cost `412 million` hryvnias [2].",
    "> The bridge opened on Saturday [1](https://evil.example/a). It cost 412 million hryvnias [2].",
    "<think>Passage 1 says [3].\nSo.</think>The bridge opened on Saturday [1]. It cost 412 million hryvnias [2].",
    "The bridge opened on Saturday [1]. It cost 412 million hryvnias [2].\n\nSources:\n[1] A bridge. [3]",
    "The bridge opened on Saturday [1]. It cost <b>412 million</b> hryvnias [2].\nThe bridge opened on Saturday [1].",
    "| bridge | cost |\n```\nThe bridge opened on Saturday [1]. It cost 412 million hryvnias [2].\n```",
]


@pytest.mark.parametrize("reply", FORMS)
def test_forms_are_read_alike(reply: str) -> None:
    """Marks and sentences are found in all the forms that models give them."""
    found = [(each.text, each.marks) for each in read_reply(reply, "en", finished=True)]
    assert found == [("The bridge opened on Saturday.", (1,)), ("It cost 412 million hryvnias.", (2,))]


@pytest.mark.parametrize(
    ("mark", "numbers"),
    [
        ("[1, 2]", (1, 2)),
        ("[1][2]", (1, 2)),
        ("[1] [2]", (1, 2)),
        ("[1; 3]", (1, 3)),
        ("[1 и 2]", (1, 2)),
        ("[1 та 2]", (1, 2)),
        ("[2-4]", (2, 3, 4)),
        ("[1–2]", (1, 2)),
        ("[1][1]", (1,)),
        ("[0]", (0,)),
        ("[99]", (99,)),
        ("[4-2]", ()),
        ("", ()),
    ],
)
def test_marks_name_passages(mark: str, numbers: tuple[int, ...]) -> None:
    """One mark may name several passages, and those that do not exist are told as well."""
    (written,) = read_reply(f"Міст відкрили в суботу {mark}.".replace(" .", "."), "uk", finished=True)
    assert (written.text, written.marks) == ("Міст відкрили в суботу.", numbers)


def test_figures_in_brackets_are_no_marks() -> None:
    """A year in parentheses stays in its sentence; only a number where marks stand is one."""
    (written,) = read_reply("The festival (2026) drew 5 (five) bands (2).", "en", finished=True)
    assert (written.text, written.marks) == ("The festival (2026) drew 5 (five) bands.", (2,))


def test_sentences_without_marks_are_kept_as_such() -> None:
    """What carries no mark is a sentence still: it is for the check to refuse it."""
    found = read_reply("The bridge opened [1]. I hope this helps!", "en", finished=True)
    assert [each.marks for each in found] == [(1,), ()]


@pytest.mark.parametrize("reply", ["NO ANSWER", "No answer.", "**NO ANSWER**", "<think>Hm [1].</think>\nNO ANSWER"])
def test_declining_is_understood(reply: str) -> None:
    """The words for "the passages do not say" are no sentence."""
    assert is_declined(reply)
    assert read_reply(reply, "en", finished=True) == []


def test_sentence_waits_for_its_marks() -> None:
    """While the reply comes in, a sentence is given out only when the next has begun."""
    whole = "Міст відкрили в суботу. [1] Роботи коштували 412 мільйонів [2]. Кінець"
    counts = [len(read_reply(whole[:end], "uk", finished=False)) for end in range(len(whole))]
    assert counts == sorted(counts)
    assert counts[whole.index("[1]")] == 0
    assert counts[whole.index("412")] == 1
    assert counts[-1] == 2


@pytest.mark.parametrize("reply", FORMS)
def test_what_was_given_out_stays(reply: str) -> None:
    """Read piece by piece, no sentence that was given out changes later."""
    whole = read_reply(reply, "en", finished=True)
    for end in range(len(reply)):
        early = read_reply(reply[:end], "en", finished=False)
        assert early == whole[: len(early)]


@given(st.text(alphabet="Аб1 .[](),\n*#>|-<think/>:;!", max_size=60))
def test_any_reply_can_be_read(reply: str) -> None:
    """Whatever a model sends, reading it ends, and no mark is left in a sentence."""
    for each in read_reply(reply, "uk", finished=True):
        assert each.text.strip()
        assert "[1]" not in each.text


@pytest.mark.parametrize("sign", ["[", "[1", "[1,", "(1", ".", " ", "!\t", "<a", "<think>", "*", "1. ", "а [1] "])
def test_hostile_replies_are_read_in_linear_time(sign: str) -> None:
    """However often a sign comes, reading takes the processor well under a second."""
    started = time.process_time()
    read_reply(sign * 20_000, "uk", finished=True)
    assert time.process_time() - started < 1
