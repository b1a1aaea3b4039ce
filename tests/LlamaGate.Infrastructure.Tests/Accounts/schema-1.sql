PRAGMA application_id = 1280066369;
CREATE TABLE records (
    id BLOB NOT NULL UNIQUE,
    ended_ms INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    operation INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    error TEXT,
    key_id TEXT NOT NULL,
    user TEXT NOT NULL,
    model TEXT NOT NULL,
    host TEXT NOT NULL,
    tokens_in INTEGER NOT NULL,
    tokens_out INTEGER NOT NULL,
    tokens_saved INTEGER NOT NULL,
    load_us INTEGER NOT NULL,
    prompt_us INTEGER NOT NULL,
    eval_us INTEGER NOT NULL,
    held_us INTEGER NOT NULL,
    device_us INTEGER NOT NULL,
    waited_us INTEGER NOT NULL,
    first_chunk_us INTEGER
);
CREATE TABLE day_totals (
    day TEXT NOT NULL,
    key_id TEXT NOT NULL,
    user TEXT NOT NULL,
    model TEXT NOT NULL,
    host TEXT NOT NULL,
    calls INTEGER NOT NULL,
    tokens_in INTEGER NOT NULL,
    tokens_out INTEGER NOT NULL,
    gpu_us INTEGER NOT NULL,
    device_us INTEGER NOT NULL,
    cache_hits INTEGER NOT NULL,
    tokens_saved INTEGER NOT NULL,
    waited_us INTEGER NOT NULL,
    PRIMARY KEY (day, key_id, user, model, host)
) WITHOUT ROWID;
CREATE TABLE last_uses (
    key_id TEXT NOT NULL PRIMARY KEY,
    used_ms INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO day_totals VALUES ('2026-11-29', 'alice', '', 'm', 'gpu1', 5, 50, 15, 8750000, 10000000, 0, 0, 40000000);
INSERT INTO last_uses VALUES ('alice', 1795953600000);
PRAGMA user_version = 1;
