CREATE VIEW intake.import_v1 AS
SELECT
    import.import_id, import.method, import.context, import.keeps_good_rows, import.applied, import.requested_by,
    import.accepted_changes, import.imported_at, file.upload_id, upload.file_name, upload.sha256, upload.uploaded_by,
        upload.uploaded_at,
    file.kind, file.row_count, file.stored_count, file.changed_count, file.unchanged_count, file.rejected_count
FROM intake.import AS import
JOIN intake.import_file AS file USING (import_id)
JOIN intake.upload AS upload USING (upload_id);

CREATE VIEW intake.reject_v1 AS
SELECT
    reject.import_id, reject.upload_id, upload.file_name, reject.line, reject.field, reject.reason,
    (SELECT string_agg(part.words || coalesce(reject.fillings[part.number], ''), '' ORDER BY part.number)
     FROM unnest(string_to_array(reject.pattern, '{}')) WITH ORDINALITY AS part(words, number)) AS message,
    reject.pattern, reject.fillings
FROM intake.reject AS reject
JOIN intake.upload AS upload USING (upload_id);

GRANT SELECT ON intake.import_v1, intake.reject_v1
TO puente_service, puente_operator, puente_reader;
