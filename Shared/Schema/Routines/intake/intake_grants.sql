GRANT INSERT (upload_id, file_name, byte_count, sha256) ON intake.upload TO puente_operator;
GRANT INSERT ON intake.upload_chunk TO puente_operator;
GRANT SELECT ON intake.upload, intake.upload_chunk TO puente_coordination, puente_transfers, puente_projects;
GRANT DELETE ON intake.upload_chunk TO puente_coordination, puente_transfers, puente_projects;
GRANT INSERT, SELECT ON intake.import, intake.import_file, intake.reject
TO puente_coordination, puente_transfers, puente_projects;
