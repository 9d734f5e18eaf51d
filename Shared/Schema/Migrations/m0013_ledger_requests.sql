-- What the services that spend ask of the ledger, and what it answers: tables of one shape, one pair a service.
DO $$
DECLARE
    service text;
BEGIN
    FOREACH service IN ARRAY ARRAY['transfers', 'projects'] LOOP
        EXECUTE replace($tables$
            CREATE TABLE SERVICE.ledger_request (
                request_id text COLLATE "C" NOT NULL,
                document text COLLATE "C" NOT NULL,
                purpose text NOT NULL,
                generation integer NOT NULL,
                state text NOT NULL,
                code text,
                made_at timestamptz NOT NULL DEFAULT now(),
                asked_at timestamptz NOT NULL DEFAULT now(),
                answered_at timestamptz,
                call_id bigint,
                times_asked integer NOT NULL DEFAULT 0,
                CONSTRAINT ledger_request_pkey PRIMARY KEY (request_id),
                CONSTRAINT ledger_request_id_check CHECK (octet_length(request_id) BETWEEN 1 AND 64),
                CONSTRAINT ledger_request_purpose_check CHECK (purpose ~ '^[a-z_]{1,30}$'),
                CONSTRAINT ledger_request_generation_check CHECK (generation >= 1),
                CONSTRAINT ledger_request_state_check CHECK (state IN ('asked', 'posted', 'refused', 'unanswered')),
                CONSTRAINT ledger_request_code_check CHECK (
                    (state IN ('refused', 'unanswered')) = (code IS NOT NULL))
            );
            COMMENT ON TABLE SERVICE.ledger_request IS
                'What is asked of the ledger, all or nothing, under one identifier for ever: asked, posted (final),'
                ' refused, or'
                ' unanswered, when the call ended and nobody knows. call_id is the call that asked last.';
            CREATE INDEX ledger_request_document_idx ON SERVICE.ledger_request (document);

            CREATE TABLE SERVICE.ledger_posting (
                request_id text COLLATE "C" NOT NULL
                    CONSTRAINT ledger_posting_request_fkey REFERENCES SERVICE.ledger_request,
                ordinal integer NOT NULL,
                posting_id text COLLATE "C" NOT NULL,
                document text COLLATE "C" NOT NULL,
                kind text NOT NULL,
                line text COLLATE "C" NOT NULL,
                stage text NOT NULL,
                amount_minor bigint NOT NULL,
                currency text COLLATE "C" NOT NULL,
                business_date text NOT NULL,
                original_date text NOT NULL,
                source_document text COLLATE "C" NOT NULL,
                description text NOT NULL,
                outcome_code text NOT NULL DEFAULT '',
                shortfall_minor bigint NOT NULL DEFAULT 0,
                CONSTRAINT ledger_posting_pkey PRIMARY KEY (request_id, ordinal),
                CONSTRAINT ledger_posting_once_key UNIQUE (request_id, posting_id),
                CONSTRAINT ledger_posting_id_check CHECK (octet_length(posting_id) BETWEEN 1 AND 64),
                CONSTRAINT ledger_posting_amount_check CHECK (amount_minor > 0 AND shortfall_minor >= 0)
            );
            COMMENT ON TABLE SERVICE.ledger_posting IS
                'The postings of each request, never changed but for a day that was sealed, and what the ledger said'
                ' about each.'
                ' Their document is what the ledger holds money for; the request''s is what was asked for.';
        $tables$, 'SERVICE', service);
    END LOOP;
END
$$;
