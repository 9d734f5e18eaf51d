CREATE VIEW transfers.late_evidence_v1 AS
SELECT late.import_id, cycle.programme, cycle.code AS cycle, late.kind, late.rows
FROM transfers.late_evidence AS late JOIN transfers.cycle AS cycle USING (cycle_id);

-- Statistics of what an import has gathered, and of what it has stored. ANALYZE needs the owner.
CREATE FUNCTION transfers.analyze_staged_evidence() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
BEGIN
    ANALYZE transfers.staged_attendance, transfers.staged_health_check;
END
$$;

-- Gathers statistics on evidence after an import.
CREATE FUNCTION transfers.analyze_evidence() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
BEGIN
    ANALYZE transfers.attendance, transfers.health_check;
END
$$;

REVOKE EXECUTE ON FUNCTION transfers.analyze_staged_evidence(), transfers.analyze_evidence() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION transfers.analyze_staged_evidence(), transfers.analyze_evidence() TO puente_transfers;
GRANT SELECT ON transfers.late_evidence_v1 TO puente_transfers, puente_reader, puente_operator;
