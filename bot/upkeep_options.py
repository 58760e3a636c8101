"""What may be typed to look after what is stored: `show`, `remove`, `watch` and more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import argument_types

if TYPE_CHECKING:
    import argparse


def add_show(show: argparse.ArgumentParser) -> None:
    """Which article, and whether as it is or how it changed."""
    show.add_argument("article_id", metavar="ARTICLE_ID", help="as `citewire search` prints it")
    show.add_argument("--history", action="store_true", help="what changed in it, and when, the latest first")


def add_remove(remove: argparse.ArgumentParser) -> None:
    """Which articles."""
    remove.add_argument("article_ids", nargs="*", metavar="ARTICLE_ID", help="ids, or addresses of the articles' pages")
    group = remove.add_argument_group("articles that fit all of these")
    group.add_argument("--url", metavar="URL", help="the article's address, or the page or file it was read from")
    group.add_argument("--outlet", metavar="NAME", help="from this outlet")
    group.add_argument(
        "--before", type=argument_types.day, metavar="D", help="published, or if undated first stored, before this day"
    )
    remove.add_argument("--dry-run", action="store_true", help="only list what would be removed")


def add_check(check: argparse.ArgumentParser) -> None:
    """Whether only to look."""
    check.set_defaults(llm=False)
    check.add_argument(
        "--repair", action="store_true", help="mend what can be: vectors and words are made anew from the catalogue"
    )


def add_watch(watch: argparse.ArgumentParser) -> None:
    """For how long."""
    watch.set_defaults(llm=False)  # articles are stored without a language model, whatever the settings say
    watch.add_argument("--once", action="store_true", help="look at everything once, then end")


def names_no_article(options: argparse.Namespace) -> bool:
    """Whether nothing says which articles are to be removed: nobody means all of them by that."""
    return not (options.article_ids or options.url or options.outlet or options.before)
