"""What other outlets say of the sentences chosen for an answer: which report the same, which differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from index.answer.agreement import SAME_DAYS, Statement, cosine, days_apart, relate
from index.answer.stories import stories
from index.types import Corroboration, Story

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from index.answer.agreement import Relation
    from index.answer.stories import Embed
    from index.types import Article, AskerLanguage, Span

_MOST_OTHERS = 3  # outlets cited beside a sentence, at the most

S = TypeVar("S", bound=Statement)


def corroborate(
    chosen: Sequence[S], others: Iterable[S], language: AskerLanguage, embed: Embed
) -> tuple[list[S], tuple[Corroboration, ...]]:
    """Further statements to cite, and how the cited ones stand to each other.

    ``chosen`` are the statements of the answer in the order of their citations, ``others`` more statements of the
    articles found. Citation n of the result is the nth of the chosen ones followed by the further ones. Only statements
    of independent articles are related: of different outlets, as far as these are known, and no copies of one text.
    ``embed`` gives the vectors of sentences, for telling translations: it takes long, and is asked only about articles
    that would be related.
    """
    pool = [*chosen, *others]
    articles = {each.article.id: each.article for each in pool}
    cited, together = relations(chosen, pool, [Story(each) for each in articles.values()])
    related = {cited[number - 1].article.id for each in together for number in each.citations}
    if not related:
        return [], ()
    told = stories([each for each in articles.values() if each.id in related], language, embed)
    if not any(story.copies for story in told):
        return cited[len(chosen) :], together
    apart = [Story(each) for each in articles.values() if each.id not in related]
    cited, together = relations(chosen, pool, [*told, *apart])
    return cited[len(chosen) :], together


def relations(
    chosen: Sequence[S], pool: Sequence[S], told: Sequence[Story]
) -> tuple[list[S], tuple[Corroboration, ...]]:
    """The chosen statements followed by those of the pool that surely relate to them, and how, by number from 1."""
    cited = list(chosen)
    same: list[set[int]] = []
    differing: dict[Corroboration, None] = {}
    for number, statement in enumerate(chosen, start=1):
        for other, how in counterparts(statement, pool, told)[:_MOST_OTHERS]:
            ends = number, _cite(other, cited)
            if how.kind == "same":
                same = _joined(same, set(ends))
            else:
                sides = sorted(zip(ends, how.values, strict=True))
                differing[Corroboration("differs", tuple(sorted(ends)), tuple(value for _, value in sides))] = None
    alike = [Corroboration("same", tuple(sorted(group))) for group in sorted(same, key=min)]
    return cited, (*alike, *differing)


def counterparts(statement: S, pool: Sequence[S], told: Sequence[Story]) -> list[tuple[S, Relation]]:
    """For each independent outlet, the statement that surely relates to this one, nearest first.

    Each must be the other's nearest in its article: a lead sentence is like many others.
    """
    by_article: dict[str, list[S]] = {}
    for each in pool:
        by_article.setdefault(each.article.id, []).append(each)
    own = by_article[statement.article.id]
    found: list[tuple[S, Relation]] = []
    for group in by_article.values():
        near = max(group, key=lambda other: cosine(statement, other))
        back = max(own, key=lambda mine, near=near: cosine(mine, near))  # type: ignore[misc] # mypy cannot type a bound default
        if spot(back) == spot(statement) and independent(statement.article, near.article, told):
            how = relate(statement, near)
            found += [(near, how)] if how else []
    return _one_a_story(sorted(found, key=lambda each: -cosine(statement, each[0])), told)


def independent(one: Article, other: Article, told: Sequence[Story]) -> bool:
    """Whether two articles are two sources: neither copies of one text nor of one known outlet."""
    return not _same_outlet(one, other) and story_of(one, told) is not story_of(other, told)


def may_relate(one: Article, other: Article) -> bool:
    """Whether statements of two articles can be related at all: of two outlets, published within some days."""
    return one.id != other.id and not _same_outlet(one, other) and days_apart(one, other) <= SAME_DAYS


def _same_outlet(one: Article, other: Article) -> bool:
    """Whether both are of one known outlet."""
    return bool(one.outlet and other.outlet) and (one.outlet or "").casefold() == (other.outlet or "").casefold()


def story_of(article: Article, told: Sequence[Story]) -> Story:
    """The story that an article belongs to."""
    return next(story for story in told if any(article.id == each.id for each in (story.lead, *story.copies)))


def spot(statement: Statement) -> tuple[str, Span]:
    """Where a statement stands: what tells it from all others."""
    return statement.article.id, statement.span


def _cite(statement: S, cited: list[S]) -> int:
    """The number of the citation of a statement, which is added where it is new."""
    at = next((place for place, each in enumerate(cited) if spot(each) == spot(statement)), len(cited))
    if at == len(cited):
        cited.append(statement)
    return at + 1


def _joined(groups: Sequence[set[int]], link: set[int]) -> list[set[int]]:
    """The groups with one more link: what says the same as a member says the same as all."""
    apart = [group for group in groups if not group & link]
    return [*apart, link.union(*(group for group in groups if group & link))]


def _one_a_story(found: Sequence[tuple[S, Relation]], told: Sequence[Story]) -> list[tuple[S, Relation]]:
    """Copies speak once, and an outlet as well."""
    firsts: dict[str, tuple[S, Relation]] = {}
    for statement, relation in found:
        article = story_of(statement.article, told).lead
        firsts.setdefault((article.outlet or article.id).casefold(), (statement, relation))
    return list(firsts.values())
