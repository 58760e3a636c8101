-- The catalogue's tables, format 4. Times ending in _utc are UTC seconds, the others ISO 8601 in UTC; offsets count code points of article.text.
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE IF NOT EXISTS article (
    id            TEXT PRIMARY KEY,
    source        TEXT NOT NULL,
    digest        TEXT NOT NULL,   -- of the raw article, so that an unchanged one is not worked on again
    text          TEXT NOT NULL,
    language      TEXT NOT NULL,
    title         TEXT NOT NULL,
    title_derived INTEGER NOT NULL,
    published     TEXT,            -- ISO 8601 as precisely as known
    published_day INTEGER,         -- the day by the article's own calendar, as a proleptic Gregorian ordinal
    published_utc INTEGER,
    author        TEXT,
    outlet        TEXT,
    outlet_key    TEXT,            -- case-folded, for filters
    url           TEXT,
    dropped       TEXT NOT NULL,   -- JSON: the lines that cleaning took out, and why
    first_stored  TEXT,            -- when the article was first put here
    stored        TEXT,            -- when it was put here as it is now
    signature     BLOB,            -- MinHash of the text; NULL where its story is to be found (anew)
    story         TEXT             -- the id of the article whose copy this one is
);

-- Holds what articles are filtered by, so that the newest are found without reading texts.
CREATE INDEX IF NOT EXISTS article_newest ON article (published_utc, language, outlet_key, published_day);
-- Holds what copies are found by, so that no text is read past.
CREATE INDEX IF NOT EXISTS article_signature ON article (first_stored, id, signature, story);
CREATE INDEX IF NOT EXISTS article_story ON article (story) WHERE story NOTNULL;

CREATE TABLE IF NOT EXISTS passage (
    number     INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    article_id TEXT NOT NULL REFERENCES article (id),
    start      INTEGER NOT NULL,
    "end"      INTEGER NOT NULL,
    language   TEXT NOT NULL,
    text       TEXT NOT NULL,
    windows    BLOB NOT NULL      -- where the windows begin and their vectors; see catalogue_rows.py
);
CREATE INDEX IF NOT EXISTS passage_article ON passage (article_id);
-- Tells which languages there are, and how many passages: the narrowest there is to count.
CREATE INDEX IF NOT EXISTS passage_language ON passage (language);

-- A row's id is passage.number. Lemmas and name keys, in the column of the passage's language: a line of those of the
-- headline, one for each sentence, and one of the passage's names.
CREATE VIRTUAL TABLE IF NOT EXISTS lemma USING fts5 (ru, uk, en, other, tokenize = "unicode61 remove_diacritics 0");
CREATE VIRTUAL TABLE IF NOT EXISTS lemma_count USING fts5vocab (lemma, row);

-- Passage ids that may have a vector in Chroma although no passage bears them.
CREATE TABLE IF NOT EXISTS orphan (passage_id TEXT PRIMARY KEY);

-- What articles were before they changed; never searched.
CREATE TABLE IF NOT EXISTS revision (
    article_id TEXT NOT NULL,
    number     INTEGER NOT NULL,   -- counts up from 1
    replaced   TEXT NOT NULL,
    title      TEXT NOT NULL,
    text       TEXT NOT NULL,
    published  TEXT,
    url        TEXT,
    outlet     TEXT,
    author     TEXT,
    language   TEXT NOT NULL,
    PRIMARY KEY (article_id, number)
);

-- Pages and feeds that are watched: what their servers said, and when to ask again.
CREATE TABLE IF NOT EXISTS visit (
    address  TEXT PRIMARY KEY,
    etag     TEXT,
    modified TEXT,
    at       TEXT,
    next     TEXT,
    failures INTEGER NOT NULL DEFAULT 0,
    reason   TEXT
);

-- Undated articles that retention removed, so that the next run of indexing does not take them in again.
CREATE TABLE IF NOT EXISTS expired (article_id TEXT PRIMARY KEY, first_stored TEXT NOT NULL);
