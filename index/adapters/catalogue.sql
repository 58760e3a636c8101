-- The catalogue's tables, format 2. Times are UTC seconds; offsets count code points of article.text.
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
    dropped       TEXT NOT NULL    -- JSON: the lines that cleaning took out, and why
);

-- Holds what articles are filtered by, so that the newest are found without reading texts.
CREATE INDEX IF NOT EXISTS article_newest ON article (published_utc, language, outlet_key, published_day);

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

-- A row's id is passage.number. Lemmas and name keys are joined by spaces; the headline's come with them.
CREATE VIRTUAL TABLE IF NOT EXISTS lemma USING fts5 (lemmas, tokenize = "unicode61 remove_diacritics 0");
CREATE VIRTUAL TABLE IF NOT EXISTS lemma_count USING fts5vocab (lemma, row);

-- Passage ids that may have a vector in Chroma although no passage bears them.
CREATE TABLE IF NOT EXISTS orphan (passage_id TEXT PRIMARY KEY);
