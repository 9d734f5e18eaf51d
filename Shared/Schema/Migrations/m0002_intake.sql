-- Files on their way into the system: uploads, what became of them, and the rows that were refused.
--
-- An operator's program writes the upload and its chunks; the service that imports them reads the chunks, deletes them,
-- and records the import. The upload's row stays: who sent which bytes, and when.
CREATE TABLE intake.upload (
    upload_id uuid CONSTRAINT upload_pkey PRIMARY KEY,
    file_name text NOT NULL,
    byte_count bigint NOT NULL,
    sha256 bytea NOT NULL,
    uploaded_by text NOT NULL DEFAULT session_user,
    uploaded_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT upload_byte_count_check CHECK (byte_count >= 0),
    CONSTRAINT upload_sha256_check CHECK (length(sha256) = 32)
);
COMMENT ON TABLE intake.upload IS 'A file that somebody sent. uploaded_by cannot be chosen by the sender.';

-- Unlogged: the bytes live for minutes, the sender still has them, and writing them to the log would double the cost of
-- an import. A crash of the server empties the table; an import then says so, and the file is sent again.
-- 8,000 bytes and their row fill one page; PLAIN keeps them there, neither compressed nor moved out of line.
CREATE UNLOGGED TABLE intake.upload_chunk (
    upload_id uuid NOT NULL,
    chunk integer NOT NULL,
    bytes bytea NOT NULL,
    CONSTRAINT upload_chunk_pkey PRIMARY KEY (upload_id, chunk),
    CONSTRAINT upload_chunk_size_check CHECK (length(bytes) BETWEEN 1 AND 8000)
);
ALTER TABLE intake.upload_chunk ALTER COLUMN bytes SET STORAGE PLAIN;
COMMENT ON TABLE intake.upload_chunk IS 'The bytes of uploads that wait for their import, in order from chunk 0.';

CREATE TABLE intake.import (
    import_id uuid CONSTRAINT import_pkey PRIMARY KEY,
    method text NOT NULL,
    context text NOT NULL,
    keeps_good_rows boolean NOT NULL,
    applied boolean NOT NULL,
    requested_by text NOT NULL,
    accepted_changes text,
    imported_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT import_accepted_changes_check CHECK (accepted_changes ~ '[^[:space:]]')
);
COMMENT ON COLUMN intake.import.accepted_changes IS
    'Why a mass change of what is stored was right, in the words of requested_by; NULL: none was accepted.';
COMMENT ON TABLE intake.import IS
    'An import that was carried out; not applied when it met bad rows and was to keep all or nothing.';

CREATE TABLE intake.import_file (
    import_id uuid NOT NULL CONSTRAINT import_file_import_fkey REFERENCES intake.import,
    upload_id uuid NOT NULL CONSTRAINT import_file_upload_fkey REFERENCES intake.upload,
    kind text NOT NULL,
    row_count bigint NOT NULL,
    stored_count bigint NOT NULL,
    changed_count bigint NOT NULL,
    unchanged_count bigint NOT NULL,
    rejected_count bigint NOT NULL,
    CONSTRAINT import_file_pkey PRIMARY KEY (import_id, upload_id),
    CONSTRAINT import_file_counts_check CHECK (
        row_count >= 0 AND stored_count >= 0 AND changed_count BETWEEN 0 AND stored_count
        AND unchanged_count >= 0 AND rejected_count >= 0)
);
COMMENT ON TABLE intake.import_file IS 'What an import did with one file.';

CREATE TABLE intake.reject (
    import_id uuid NOT NULL,
    upload_id uuid NOT NULL,
    line bigint NOT NULL,
    field text NOT NULL,
    reason text NOT NULL,
    pattern text NOT NULL,
    fillings text[] NOT NULL DEFAULT '{}',
    CONSTRAINT reject_line_check CHECK (line >= 1),
    CONSTRAINT reject_pattern_check CHECK (pattern <> '')
);
CREATE INDEX reject_import_idx ON intake.reject (import_id, upload_id, line);
COMMENT ON TABLE intake.reject IS
    'A row that was refused: where, and why. Sentences carry no personal data, so that they may be shown and kept.';
COMMENT ON COLUMN intake.reject.pattern IS 'The sentence in English, with {} where the fillings stand, in their order.';
