-- What a bot remembers, format 2. Times are ISO 8601 in UTC with microseconds, so that they sort as text.
-- A topic is 0 where a chat has none. What people wrote is overwritten when it is deleted (secure_delete).

-- Updates that were accepted. One that is finished keeps its id alone, so that a repeated one is known.
CREATE TABLE IF NOT EXISTS updates (
    number   INTEGER PRIMARY KEY,
    lane     INTEGER,
    payload  TEXT,
    finished TEXT
);
CREATE INDEX IF NOT EXISTS updates_waiting ON updates (lane, number) WHERE finished IS NULL;
CREATE INDEX IF NOT EXISTS updates_finished ON updates (finished) WHERE finished IS NOT NULL;

CREATE TABLE IF NOT EXISTS deliveries (
    number        INTEGER PRIMARY KEY AUTOINCREMENT,
    update_number INTEGER NOT NULL UNIQUE,
    answer        INTEGER,
    chat          INTEGER NOT NULL,
    topic         INTEGER NOT NULL,
    reply_to      INTEGER,
    chunks        TEXT,            -- JSON; erased when the delivery is over
    sent          TEXT NOT NULL,   -- JSON: ids of messages
    floor         INTEGER,
    replaces      TEXT NOT NULL,   -- JSON: ids of messages
    finished      TEXT
);
CREATE INDEX IF NOT EXISTS deliveries_open ON deliveries (chat) WHERE finished IS NULL;
CREATE INDEX IF NOT EXISTS deliveries_finished ON deliveries (finished) WHERE finished IS NOT NULL;

-- Numbers are never given twice: a button under an old message must not open another answer.
CREATE TABLE IF NOT EXISTS answers (
    number           INTEGER PRIMARY KEY AUTOINCREMENT,
    chat             INTEGER NOT NULL,
    topic            INTEGER NOT NULL,
    user             INTEGER NOT NULL,
    question_message INTEGER,
    question         TEXT NOT NULL,
    understood       TEXT NOT NULL,
    language         TEXT NOT NULL,
    kind             TEXT NOT NULL,
    text             TEXT NOT NULL,   -- empty for a refusal
    citations        TEXT NOT NULL,   -- JSON
    passages         TEXT NOT NULL,   -- JSON
    confidence       REAL NOT NULL,
    asked            TEXT NOT NULL,
    seconds          REAL NOT NULL,
    version          TEXT NOT NULL,
    request          TEXT NOT NULL,
    parent           INTEGER,
    rated            INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS answers_question ON answers (chat, question_message, number);
CREATE INDEX IF NOT EXISTS answers_user ON answers (user);
CREATE INDEX IF NOT EXISTS answers_asked ON answers (asked);
CREATE INDEX IF NOT EXISTS answers_unrated ON answers (asked) WHERE rated = 0;
CREATE INDEX IF NOT EXISTS answers_refused ON answers (number) WHERE text = '';

-- Which answer a message of the bot belongs to, and whether it carries the answer itself.
CREATE TABLE IF NOT EXISTS messages (
    chat    INTEGER NOT NULL,
    message INTEGER NOT NULL,
    answer  INTEGER NOT NULL REFERENCES answers (number) ON DELETE CASCADE,
    carries INTEGER NOT NULL,
    PRIMARY KEY (chat, message)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS messages_answer ON messages (answer);

-- The newest answer of each running conversation.
CREATE TABLE IF NOT EXISTS conversations (
    chat   INTEGER NOT NULL,
    topic  INTEGER NOT NULL,
    answer INTEGER NOT NULL REFERENCES answers (number) ON DELETE CASCADE,
    PRIMARY KEY (chat, topic)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS conversations_answer ON conversations (answer);

CREATE TABLE IF NOT EXISTS people (
    user     INTEGER PRIMARY KEY,
    language TEXT,
    admitted INTEGER NOT NULL DEFAULT 0,
    quotes   INTEGER NOT NULL DEFAULT 0   -- whether they want quotes where a model could write
);

-- Questions that were counted against a quota.
CREATE TABLE IF NOT EXISTS spends (
    update_number INTEGER PRIMARY KEY,
    user          INTEGER NOT NULL,
    chat          INTEGER NOT NULL,
    at            TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS spends_user ON spends (user, at);
CREATE INDEX IF NOT EXISTS spends_chat ON spends (chat, at);
CREATE INDEX IF NOT EXISTS spends_at ON spends (at);

CREATE TABLE IF NOT EXISTS ratings (
    answer INTEGER NOT NULL REFERENCES answers (number) ON DELETE CASCADE,
    user   INTEGER NOT NULL,
    vote   INTEGER NOT NULL,
    rated  TEXT NOT NULL,
    PRIMARY KEY (answer, user)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS ratings_rated ON ratings (rated, vote);

CREATE TABLE IF NOT EXISTS faults (
    number  INTEGER PRIMARY KEY AUTOINCREMENT,
    request TEXT NOT NULL,
    place   TEXT NOT NULL,
    kind    TEXT NOT NULL,
    at      TEXT NOT NULL
);
