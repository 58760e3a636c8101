"""A tree of HTML elements to lines of text, the way a browser would break them."""

from __future__ import annotations

from typing import Any, NamedTuple

_UNSEEN = ("script", "style", "noscript", "template", "nav", "svg", "iframe", "object", "button", "select", "textarea")
_HIDDEN = "//*[@hidden or contains(translate(@style, ' ', ''), 'display:none')]"

_HTML_BLOCKS = """
address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form
h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul
"""
# trafilatura renames elements after TEI, the Text Encoding Initiative: `lb` is its br.
_TRAFILATURA_BLOCKS = "cell code head item list quote row"
_BLOCKS = frozenset(f"{_HTML_BLOCKS} {_TRAFILATURA_BLOCKS}".split())
MARGINS = frozenset({"aside", "figcaption", "footer", "form"})
"""Blocks whose sentences stand beside an article, not in it."""

_BREAKS = frozenset({"br", "lb"})
_ITEMS = frozenset({"li", "item"})
_CELLS = frozenset({"td", "th", "cell"})


class Line(NamedTuple):
    """A line of text and the block element that its words stand in: the innermost, or the margin around it."""

    tag: str
    text: str


def strip_unseen(tree: Any) -> None:
    """Take out of ``tree`` what a reader of the page does not see, and its menus."""
    from lxml import etree

    etree.strip_elements(tree, *_UNSEEN, with_tail=False)
    for element in tree.xpath(_HIDDEN):
        # A hidden body is one that a script shows later: the article is in it.
        if element.getparent() is not None and element.tag != "body":
            element.tag = "hidden"
    etree.strip_elements(tree, "hidden", with_tail=False)


def page_lines(tree: Any) -> list[Line]:
    """The non-empty lines of ``tree``: a block a line, list items with a bullet, the cells of a row parted by bars."""
    from lxml import etree

    root = tree.find("body") if tree.tag == "html" else tree
    page = _Lines()
    for event, element in etree.iterwalk(root if root is not None else tree, events=("start", "end")):
        if event == "start":
            page.open(element.tag, element.text)
        else:
            page.close(element.tag, element.tail if element is not root else None)
    page.break_line()
    return page.lines


class _Lines:
    """Lines in the making. Inline elements add to the current line, blocks begin a new one."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._blocks = ["body"]
        self._words: list[str] = []
        self._bullet = ""
        self._lines_before_cell = 0

    def open(self, tag: str, text: str | None) -> None:
        """Begin an element, with the text before its first child."""
        if tag in _BREAKS:
            self.break_line()
        elif tag in _CELLS and self._words:
            self._words.append(" | ")
        elif tag in _BLOCKS:
            self.break_line()
            self._bullet = "• " if tag in _ITEMS else self._bullet
        if tag in _BLOCKS:
            self._blocks.append(tag)
        if tag in _CELLS:
            self._lines_before_cell = len(self.lines)
        self._words.append(text or "")

    def close(self, tag: str, tail: str | None) -> None:
        """End an element, with the text that follows it in its parent."""
        if tag in _BLOCKS:
            # A cell of several lines is a column of an old page's layout, not an entry in a row.
            if tag not in _CELLS or len(self.lines) > self._lines_before_cell:
                self.break_line()
            self._blocks.pop()
        if tag in _ITEMS:
            self._bullet = ""
        self._words.append(tail or "")

    def break_line(self) -> None:
        """End the current line; nothing happens where it has no words."""
        text = " ".join("".join(self._words).split()).strip(" |")
        if text:
            margin = next((tag for tag in self._blocks if tag in MARGINS), None)
            self.lines.append(Line(margin or self._blocks[-1], self._bullet + text))
            self._bullet = ""
        self._words.clear()
