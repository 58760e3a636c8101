"""What each command does: open what it needs, run it, print the result for people or as JSON."""

from __future__ import annotations

import os
from datetime import datetime
from typing import TYPE_CHECKING

from bot import json_form, render
from bot.asking import query_of, readable, selection_of, spoken_language, today
from bot.output import show_result
from bot.replying import reply
from index import compose

if TYPE_CHECKING:
    import argparse

    from index.config import Config


def index(options: argparse.Namespace, config: Config) -> int:
    """Bring the index in line with files, folders and pages; 1 where nothing could be read."""
    from bot.progress import IndexingProgress

    language = spoken_language(options, os.environ)
    with compose.open_ingester(config) as ingester, IndexingProgress(options.sources, language) as progress:
        report = ingester.ingest(options.sources, options.now or datetime.now().astimezone(), progress.advance)
    show_result(options, json_form.report(report), lambda: render.report(report, language))
    return 0 if report.added + report.updated + report.unchanged + report.removed else 1


def ask(options: argparse.Namespace, config: Config) -> int:
    """Answer a question, a file of questions, or whoever sits at the terminal."""
    if options.batch:
        from bot.batch import ask_batch

        return ask_batch(options, config)
    if options.question is None:
        from bot.chat import chat

        return chat(options, config)
    query = query_of(options, options.question)
    engine = compose.open_engine(config)
    answer = engine.answerer.written(query, today(options))
    show_result(options, json_form.answer(answer), lambda: reply(answer, engine, today(options)))
    return 0


def search(options: argparse.Namespace, config: Config) -> int:
    """List the passages nearest to a query, or to each of a file of queries."""
    if options.batch:
        from bot.batch import search_batch

        return search_batch(options, config)
    query = query_of(options, options.question)
    hits = compose.open_engine(config).retriever.retrieve(query, options.limit or config.retrieve.limit)
    show_result(options, json_form.search(query.text, hits), lambda: render.hits(hits, query.language))
    return 0


def compare(options: argparse.Namespace, config: Config) -> int:
    """Set outlets side by side on a question."""
    from bot import render_comparison

    found = compose.open_engine(config).comparer.compare(query_of(options, options.question), today(options))
    show_result(options, json_form.comparison(found), lambda: render_comparison.comparison(found))
    return 0


def show(options: argparse.Namespace, config: Config) -> int:
    """Show an article as it is stored, or what changed in it."""
    catalogue, language = compose.open_catalogue(config), spoken_language(options, os.environ)
    article = catalogue.article(readable(options.article_id))
    if not options.history:
        copies = catalogue.copies([article.id]).get(article.id, [])
        show_result(options, json_form.article(article, copies), lambda: render.article(article, language, copies))
        return 0
    from bot.changes import changes
    from bot.render_history import history

    changed = changes(catalogue.history(article.id), article)
    show_result(options, json_form.history(article.id, changed), lambda: history(article, changed, language))
    return 0


def status(options: argparse.Namespace, config: Config) -> int:
    """Say what the index holds."""
    found = compose.open_catalogue(config).status()
    show_result(options, json_form.status(found), lambda: render.status(found, spoken_language(options, os.environ)))
    return 0


def remove(options: argparse.Namespace, config: Config) -> int:
    """Remove articles, or list what would go; 1 where none fits."""
    wanted, language = selection_of(options), spoken_language(options, os.environ)
    if options.dry_run:
        found = compose.selected_articles(config, wanted)
        listed = json_form.removed([each.id for each in found], dry_run=True)
        show_result(options, listed, lambda: render.to_remove(found, language))
        return 0 if found else 1
    gone = compose.remove_articles(config, wanted)
    show_result(options, json_form.removed(gone, dry_run=False), lambda: render.removed(len(gone), language))
    return 0 if gone else 1


def check(options: argparse.Namespace, config: Config) -> int:
    """Say whether the index is whole."""
    from bot.checking_command import check as check_index

    return check_index(options, config)


def migrate(options: argparse.Namespace, config: Config) -> int:
    """Copy the vectors to a Chroma server or back."""
    from bot.moving import migrate as migrate_vectors

    return migrate_vectors(options, config)


def export(options: argparse.Namespace, config: Config) -> int:
    """Write all articles as JSON Lines."""
    from bot.moving import export_articles

    return export_articles(options, config)


def import_(options: argparse.Namespace, config: Config) -> int:
    """Put exported articles into the index."""
    from bot.moving import import_articles

    return import_articles(options, config)


def watch(options: argparse.Namespace, config: Config) -> int:
    """Keep the index in line with its sources until stopped."""
    from bot.watching import watch as watch_sources

    return watch_sources(options, config)


def evaluate(options: argparse.Namespace, config: Config) -> int:
    """Measure how well an evaluation folder's questions are answered."""
    from bot.evaluation import evaluate_folder

    return evaluate_folder(options, config)


def feedback(options: argparse.Namespace, config: Config) -> int:
    """Write what people thought of the bot's answers."""
    from bot.feedback import export_feedback

    return export_feedback(options, config)


def serve(options: argparse.Namespace, config: Config) -> int:
    """Answer in Telegram until stopped."""
    from bot.serving import serve as serve_bot

    return serve_bot(options, config)
