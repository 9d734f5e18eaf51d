CREATE VIEW coordination.programme_v1 AS
SELECT
    programme, version, definition, kind,
    version = max(version) OVER (PARTITION BY programme) AS in_force
FROM coordination.programme;
