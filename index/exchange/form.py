"""A stored article as a line of JSON and back: nothing is lost, and one article has one line."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, TypeVar, cast, get_args

from index.types import Article, DroppedLine, Language, Published, Revision, StoredArticle

Record = dict[str, Any]
_Kind = TypeVar("_Kind")
_LANGUAGES = get_args(Language)


def line_of(stored: StoredArticle) -> str:
    """One JSON object with a line break; the names are those of ``citewire show --json`` where that has them."""
    article = stored.article
    record = {
        "id": article.id,
        "title": article.title,
        "title_derived": article.title_derived,
        "date": _iso_day(article.published),
        "author": article.author,
        "source": article.outlet,
        "url": article.url,
        "lang": article.language,
        "read_from": article.source,
        "digest": stored.digest,
        "first_stored": _iso(stored.first_stored),
        "stored": _iso(stored.stored),
        "signature": None if stored.signature is None else stored.signature.hex(),
        "copy_of": stored.story,
        "text": article.text,
        "dropped": [{"line": each.line, "why": each.why} for each in article.dropped],
        "revisions": [_revision_record(each) for each in stored.revisions],
    }
    return json.dumps(record, ensure_ascii=False) + "\n"


def stored_of(line: str) -> StoredArticle:
    """What ``line_of`` wrote. Raises ValueError, with what is wrong in words."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        raise ValueError("broken JSON") from None
    if not isinstance(record, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004 - one kind of error for all that is wrong in a line
    identity = _word(record, "id")
    return StoredArticle(
        article=_article(record, identity),
        digest=_word(record, "digest"),
        first_stored=_moment(record, "first_stored"),
        stored=_moment(record, "stored"),
        signature=_signature(record),
        story=_maybe(record, "copy_of", str),
        revisions=tuple(_revision(each, identity) for each in _objects(record, "revisions")),
    )


def _article(record: Record, identity: str) -> Article:
    return Article(
        id=identity,
        source=_word(record, "read_from"),
        text=_word(record, "text"),
        language=_language(record),
        title=_value(record, "title", str),
        title_derived=_value(record, "title_derived", bool),
        published=_published(record),
        author=_maybe(record, "author", str),
        outlet=_maybe(record, "source", str),
        url=_maybe(record, "url", str),
        dropped=tuple(
            DroppedLine(_value(each, "line", str), _value(each, "why", str)) for each in _objects(record, "dropped")
        ),
    )


def _revision_record(revision: Revision) -> Record:
    return {
        "number": revision.number,
        "replaced": _iso(revision.replaced),
        "title": revision.title,
        "date": _iso_day(revision.published),
        "author": revision.author,
        "source": revision.outlet,
        "url": revision.url,
        "lang": revision.language,
        "text": revision.text,
    }


def _revision(record: Record, identity: str) -> Revision:
    return Revision(
        article_id=identity,
        number=_value(record, "number", int),
        replaced=_moment(record, "replaced"),
        title=_value(record, "title", str),
        text=_value(record, "text", str),
        published=_published(record),
        url=_maybe(record, "url", str),
        outlet=_maybe(record, "source", str),
        author=_maybe(record, "author", str),
        language=_language(record),
    )


def _value(record: Record, name: str, kind: type[_Kind]) -> _Kind:
    value = record.get(name)
    # To Python True is a number as well.
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is int):
        raise ValueError(f"`{name}` is not {'a' if name in record else 'there as a'} {kind.__name__}")
    _require_storable(name, value)
    return value


def _require_storable(name: str, value: object) -> None:
    """What SQLite refuses: half a surrogate pair, which is no character, and numbers of more than 64 bits."""
    if isinstance(value, int) and not -(1 << 63) <= value < 1 << 63:
        raise ValueError(f"`{name}` is out of range")
    if isinstance(value, str) and not value.isprintable():
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            raise ValueError(f"`{name}` has half a character in it") from None


def _word(record: Record, name: str) -> str:
    value = _value(record, name, str)
    if not value.strip():
        raise ValueError(f"`{name}` is empty")
    return value


def _maybe(record: Record, name: str, kind: type[_Kind]) -> _Kind | None:
    return None if record.get(name) is None else _value(record, name, kind)


def _objects(record: Record, name: str) -> list[Record]:
    found = _value(record, name, list)
    if not all(isinstance(each, dict) for each in found):
        raise ValueError(f"`{name}` is not a list of objects")
    return found


def _language(record: Record) -> Language:
    if record.get("lang") not in _LANGUAGES:
        raise ValueError(f"`lang` is none of {', '.join(_LANGUAGES)}")
    return cast("Language", record["lang"])


def _published(record: Record) -> Published | None:
    text = _maybe(record, "date", str)
    try:
        return Published.from_iso(text) if text else None
    except ValueError:
        raise ValueError("`date` is not ISO 8601") from None


def _signature(record: Record) -> bytes | None:
    text = _maybe(record, "signature", str)
    try:
        return None if text is None else bytes.fromhex(text)
    except ValueError:
        raise ValueError("`signature` is not hexadecimal") from None


def _moment(record: Record, name: str) -> datetime:
    try:
        return datetime.fromisoformat(_word(record, name)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(f"`{name}` is not a time, ISO 8601") from None


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _iso_day(published: Published | None) -> str | None:
    return published.iso() if published else None
