-- Evidence of conditions: what schools and health posts report. The rules of a payment run read these tables.
--
-- A row is a fact about a person and a time, of no programme and no cycle: every programme reads those of the days that
-- its cycle counts, a month by its first day. Evidence is taken in at any time. What a run decided on it keeps
-- (roll_evidence), so what comes later changes nothing there; late_evidence says how much that was.
-- household_id is the person's household when the evidence was imported.
CREATE TABLE transfers.attendance (
    household_id bigint NOT NULL,
    person_id bigint NOT NULL,
    month date NOT NULL,
    level smallint NOT NULL,
    school_days smallint NOT NULL,
    days_attended smallint NOT NULL,
    school_code text COLLATE "C" NOT NULL,
    CONSTRAINT attendance_pkey PRIMARY KEY (household_id, person_id, month, school_code),
    CONSTRAINT attendance_month_check CHECK (extract(day FROM month) = 1),
    CONSTRAINT attendance_level_check CHECK (level BETWEEN 1 AND 2),
    CONSTRAINT attendance_days_check CHECK (school_days BETWEEN 0 AND 31 AND days_attended BETWEEN 0 AND school_days)
);
COMMENT ON TABLE transfers.attendance IS
    'School attendance by person, month (its first day) and school; level 1 primary, 2 secondary. Who changed schools'
    ' within a month has a row for each.';
COMMENT ON COLUMN transfers.attendance.level IS '1 primary, 2 secondary';

CREATE TABLE transfers.health_check (
    household_id bigint NOT NULL,
    person_id bigint NOT NULL,
    checked_on date NOT NULL,
    kind smallint NOT NULL,
    facility_code text COLLATE "C" NOT NULL,
    CONSTRAINT health_check_pkey PRIMARY KEY (household_id, person_id, kind, checked_on),
    CONSTRAINT health_check_kind_check CHECK (kind BETWEEN 1 AND 2)
);
COMMENT ON TABLE transfers.health_check IS
    'Health checks by person, kind and day: 1 growth, 2 prenatal. Two of a kind on one day count once.';
COMMENT ON COLUMN transfers.health_check.kind IS '1 growth, 2 prenatal';

CREATE TABLE transfers.late_evidence (
    import_id uuid NOT NULL,
    cycle_id integer NOT NULL CONSTRAINT late_evidence_cycle_fkey REFERENCES transfers.cycle,
    kind text NOT NULL,
    rows bigint NOT NULL,
    CONSTRAINT late_evidence_pkey PRIMARY KEY (import_id, cycle_id, kind),
    CONSTRAINT late_evidence_kind_check CHECK (kind IN ('school_attendance', 'health_checks')),
    CONSTRAINT late_evidence_rows_check CHECK (rows > 0)
);
COMMENT ON TABLE transfers.late_evidence IS
    'New or corrected rows of an import whose days a cycle''s run had decided on already: they change nothing there.';

-- Where an import gathers the rows of its files before it checks them; empty but for the length of one import.
-- file counts the files of the import from 1; line is the row's place in it.
CREATE UNLOGGED TABLE transfers.staged_attendance (
    person_id bigint NOT NULL,
    line integer NOT NULL,
    month date NOT NULL,
    file smallint NOT NULL,
    level smallint NOT NULL,
    school_days smallint NOT NULL,
    days_attended smallint NOT NULL,
    school_code text COLLATE "C" NOT NULL
);

CREATE UNLOGGED TABLE transfers.staged_health_check (
    person_id bigint NOT NULL,
    line integer NOT NULL,
    checked_on date NOT NULL,
    file smallint NOT NULL,
    kind smallint NOT NULL,
    facility_code text COLLATE "C" NOT NULL
);
