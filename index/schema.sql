-- The store's truth. Offsets count code points of sources.text; ids are never used twice.
CREATE TABLE manifest (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE sources (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL UNIQUE,
    media_type TEXT NOT NULL,
    encoding TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    note TEXT,
    extractor TEXT, -- what made the text of the bytes, with its version; NULL: they are the text
    leaves TEXT, -- JSON: where the pages of a printed document begin
    text TEXT NOT NULL
);

-- One hash for all that is stored of a source; see seals.py.
CREATE TABLE seals (
    source INTEGER PRIMARY KEY REFERENCES sources (id) ON DELETE CASCADE,
    seal BLOB NOT NULL
);

CREATE TABLE articles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    title TEXT,
    publisher TEXT,
    published TEXT,
    url TEXT,
    since TEXT, -- the first and last day that `published` may stand for
    until TEXT
);
CREATE INDEX articles_of ON articles (source);
CREATE INDEX articles_by ON articles (publisher);

-- What is kept of an article to count the lines of its publisher; see repeated.py.
CREATE TABLE prints (
    article INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    lines BLOB NOT NULL, -- hashes of those that may be furniture, eight bytes each
    least BLOB NOT NULL -- 64 minimal hashes of the shingles of all its own words
);

CREATE TABLE furniture (
    source INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    why TEXT NOT NULL
);
CREATE INDEX furniture_of ON furniture (source);

CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    sentences TEXT NOT NULL, -- JSON: [[start, end], ...]
    header TEXT NOT NULL,
    vector BLOB NOT NULL -- the key of its vector
);
CREATE INDEX passages_of ON passages (article);

-- Derived from the texts, and made again from them at every commit; see kin.py.
CREATE TABLE signatures (
    passage INTEGER PRIMARY KEY REFERENCES passages (id) ON DELETE CASCADE,
    least BLOB NOT NULL -- 64 minimal hashes of its shingles
);
CREATE TABLE passage_families (
    passage INTEGER PRIMARY KEY REFERENCES passages (id) ON DELETE CASCADE,
    family INTEGER NOT NULL
);
CREATE INDEX passages_in ON passage_families (family);
CREATE TABLE article_families (
    article INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    family INTEGER NOT NULL
);
CREATE INDEX articles_in ON article_families (family);

-- The families among candidates that hang together, as they were last found; see kin.py.
CREATE TABLE kin (what TEXT NOT NULL, key BLOB NOT NULL, families TEXT NOT NULL);

-- Vectors stay here between generations, so that nothing is encoded twice.
CREATE TABLE vectors (
    key BLOB PRIMARY KEY, row BLOB NOT NULL, seal BLOB NOT NULL
) WITHOUT ROWID;

CREATE VIEW passage_words AS
SELECT p.id AS id, p.header AS header, substr(s.text, p."start" + 1, p."end" - p."start") AS body
FROM passages p JOIN articles a ON a.id = p.article JOIN sources s ON s.id = a.source;

CREATE VIRTUAL TABLE passage_terms USING fts5 (
    header, body, content='passage_words', content_rowid='id',
    tokenize='porter unicode61 remove_diacritics 2'
);

CREATE VIEW article_words AS
SELECT a.id AS id, a.title AS header, substr(s.text, a."start" + 1, a."end" - a."start") AS body
FROM articles a JOIN sources s ON s.id = a.source;

CREATE VIRTUAL TABLE article_terms USING fts5 (
    header, body, content='article_words', content_rowid='id',
    tokenize='porter unicode61 remove_diacritics 2'
);
