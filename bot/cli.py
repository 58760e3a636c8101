"""The command line: what may be typed, and which command answers it."""

from __future__ import annotations

import argparse
import os
import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from bot import argument_types, moving_options, upkeep_options
from bot.output import complain
from index.errors import CitewireError, ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence

_LANGUAGES = ("ru", "uk", "en")
_ARTICLE_LANGUAGES = (*_LANGUAGES, "other")
_LANG = "language to speak to you in (default: the question's, or without one the terminal's)"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code: 0 done, 1 error, 2 wrong usage."""
    options = _parser().parse_args(arguments)
    _refuse_contradictions(options)
    try:
        return _run(options)
    except CitewireError as error:
        complain(str(error))
        return 1
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        # A reader such as `head` that has gone needs no word. What is left unwritten must not be tried again at exit.
        if not isinstance(error, BrokenPipeError):
            complain(": ".join(filter(None, (error.filename, error.strerror or str(error)))))
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _run(options: argparse.Namespace) -> int:
    """Load the settings, then the module that holds the command: a help text needs neither."""
    from bot import commands
    from index.config import load_config

    config = load_config(options.config, _environment(options), options.store)
    if getattr(options, "llm", None) and not config.llm.model:
        raise ConfigError("--llm: no language model is named; set base_url and model in [llm] of config.toml")
    return int(getattr(commands, options.command)(options, config))


def _environment(options: argparse.Namespace) -> dict[str, str]:
    """The environment's variables, with what was typed in the place of one."""
    address, written = getattr(options, "base_url", None), getattr(options, "llm", None)
    typed = {"CITEWIRE_TELEGRAM_BASE_URL": address} if address else {}
    return {**os.environ, **typed} | ({} if written is None else {"CITEWIRE_LLM_ENABLED": str(written).lower()})


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="citewire",
        description="Questions about news articles, answered with citations, in Russian, Ukrainian and English.",
    )
    parser.add_argument("--version", action="version", version=f"citewire {_version()}")
    _add_common(parser, None)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_index(commands)
    _add_ask(commands)
    _add_search(commands)
    _add_compare(commands)
    upkeep_options.add_show(_add_command(commands, "show", "show an article as it is stored, or how it changed"))
    _add_command(commands, "status", "say what the index holds")
    upkeep_options.add_remove(_add_command(commands, "remove", "remove articles from the index"))
    upkeep_options.add_check(_add_command(commands, "check", "say whether the index is whole, and repair it"))
    moving_options.add_migrate(_add_command(commands, "migrate", "copy the vectors to a Chroma server, or back"))
    moving_options.add_export(_add_command(commands, "export", "write all articles as JSON Lines, as a backup"))
    moving_options.add_import(_add_command(commands, "import", "put articles that were exported into the index"))
    watch = "keep the index in line with the folders and feeds of [sources] in the settings"
    upkeep_options.add_watch(_add_command(commands, "watch", watch))
    _add_eval(commands)
    _add_feedback(commands)
    _add_serve(commands)
    return parser


def _refuse_contradictions(options: argparse.Namespace) -> None:
    """Exit with wrong usage where options do not fit together."""
    contradiction = None
    if options.command in ("ask", "search", "compare"):
        contradiction = _contradiction(options, asked=options.question is not None)
    elif options.command == "remove" and upkeep_options.names_no_article(options):
        contradiction = "give ids, --url, --outlet or --before"
    if contradiction:
        options.parser.error(contradiction)


def _contradiction(options: argparse.Namespace, *, asked: bool) -> str | None:
    if options.since and options.until and options.since > options.until:
        return "--since is later than --until"
    if options.batch:
        return "give a question or --batch, not both" if asked else None
    if options.out:
        return "--out goes with --batch"
    talk = options.command == "ask" and not options.json
    return None if asked or talk else "give a question, or --batch"


def _version() -> str:
    return version("citewire")


def _add_command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, about: str
) -> argparse.ArgumentParser:
    """A command with the options that all of them take, whether typed before its name or after."""
    command = commands.add_parser(name, help=about, description=about[0].upper() + about[1:] + ".")
    _add_common(command, argparse.SUPPRESS)
    command.set_defaults(parser=command)  # who complains where its options do not fit together
    command.add_argument("--json", action="store_true", help="print one JSON document instead of text")
    command.add_argument("--lang", choices=_LANGUAGES, help=_LANG)
    return command


def _add_common(parser: argparse.ArgumentParser, default: str | None) -> None:
    parser.add_argument("--store", metavar="DIR", default=default, help="folder of the index (default: .citewire here)")
    parser.add_argument(
        "--config", metavar="FILE", type=Path, default=default, help="settings (default: config.toml here)"
    )


def _add_index(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    index = _add_command(commands, "index", "read articles into the index, or bring it up to date")
    index.add_argument(
        "sources",
        nargs="+",
        metavar="SOURCE",
        type=argument_types.source,
        help="a folder; a file: .txt, .md, .html, .htm, .jsonl, .jsonl.gz; or an address of a page, feed or sitemap, https://...",
    )
    _add_clock(index, 'when new articles were saved, for "yesterday" in them')


def _add_ask(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    ask = _add_command(commands, "ask", "answer a question with cited passages; without a question, talk")
    ask.add_argument("question", nargs="?", metavar="QUESTION", help="left out: a conversation, line by line")
    ask.add_argument(
        "--llm",
        action=argparse.BooleanOptionalAction,
        help="let the language model of the settings put the answer in words, or only quote (default: [llm] enabled)",
    )
    _add_clock(ask, 'when the question is asked, for "yesterday" in it')
    _add_filters(ask)
    _add_batch(ask)


def _add_search(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    search = _add_command(commands, "search", "list the passages nearest to a query")
    search.set_defaults(llm=False)  # a search needs no language model, whatever the settings say
    search.add_argument("question", nargs="?", metavar="QUERY")
    search.add_argument("--limit", type=argument_types.limit, metavar="N", help="passages to list (1 to 100)")
    _add_filters(search)
    _add_batch(search)


def _add_compare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    compare = _add_command(commands, "compare", "set outlets side by side: who says what, and where they differ")
    compare.add_argument("question", metavar="QUESTION")
    _add_clock(compare, 'when the question is asked, for "yesterday" in it')
    _add_filters(compare)
    compare.set_defaults(batch=None, out=None, llm=False)


def _add_eval(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    evaluate = _add_command(commands, "eval", "measure answers against an evaluation folder")
    evaluate.set_defaults(command="evaluate", llm=False)  # so that no function of ours has to hide Python's eval
    evaluate.add_argument(
        "folder", type=Path, metavar="DIR", help="a folder with NAME.docs.jsonl and NAME.questions.jsonl"
    )
    evaluate.add_argument("--fit", type=Path, metavar="FILE", help="learn the weights instead, and write them there")
    evaluate.add_argument("--html", type=Path, metavar="FILE", help="write the report as one page with plots as well")
    evaluate.add_argument("--baselines", action="store_true", help="measure simpler systems on the same questions")
    evaluate.add_argument(
        "--distractors",
        nargs="+",
        default=[],
        type=Path,
        metavar="FILE",
        help="index these articles beside the documents",
    )
    evaluate.add_argument(
        "--sample", type=argument_types.count, metavar="N", help="ask at most N questions of each set and language pair"
    )


def _add_feedback(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    about = "what people thought of the bot's answers"
    feedback = commands.add_parser("feedback", help=about, description=about[0].upper() + about[1:] + ".")
    _add_common(feedback, argparse.SUPPRESS)
    actions = feedback.add_subparsers(dest="action", required=True, metavar="ACTION")
    export = actions.add_parser("export", help="write all ratings as JSON Lines, without who gave them")
    _add_common(export, argparse.SUPPRESS)
    export.add_argument("--json", action="store_true", help="no difference: they are JSON Lines anyway")
    export.add_argument("--out", type=Path, metavar="FILE", help="file for the ratings (default: standard output)")


def _add_serve(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    serve = _add_command(commands, "serve", "answer in Telegram; the token comes from TELEGRAM_BOT_TOKEN")
    serve.add_argument("--webhook", metavar="URL", help="let Telegram call this address instead of polling")
    serve.add_argument("--base-url", metavar="URL", help="an own Bot API server, up to the token: https://host/bot")
    serve.add_argument("--take-over", action="store_true", help="use the token although a webhook is set for it")


def _add_clock(parser: argparse.ArgumentParser, about: str) -> None:
    parser.add_argument("--now", type=argument_types.moment, metavar="TIME", help=f"{about} (default: now)")


def _add_filters(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("restrictions")
    group.add_argument(
        "--since", type=argument_types.day, metavar="D", help="published on or after this day (2026-03-14)"
    )
    group.add_argument("--until", type=argument_types.day, metavar="D", help="published on or before this day")
    group.add_argument(
        "--source", action="append", default=[], metavar="NAME", help="from this outlet (may be repeated)"
    )
    group.add_argument(
        "--article-lang",
        action="append",
        default=[],
        choices=_ARTICLE_LANGUAGES,
        help="from articles in this language (may be repeated)",
    )


def _add_batch(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("many at once")
    group.add_argument(
        "--batch", type=Path, metavar="IN", help='JSON Lines with "id", "question" and what restricts it'
    )
    group.add_argument("--out", type=Path, metavar="OUT", help="file for the results (default: standard output)")


if __name__ == "__main__":
    sys.exit(main())
