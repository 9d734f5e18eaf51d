import Postgres
import TestSupport
import Testing

@testable import TransfersService

@Test func everyStatementFitsTheSchemaAndTheServicesRights() async throws {
    try await withDatabase { database in
        let pool = database.pool(as: "puente_transfers", size: 1)
        for statement in TransfersService.statements {
            do {
                if statement.sql.hasPrefix("TRUNCATE") {
                    try await pool.script("BEGIN; \(statement.sql); ROLLBACK")
                    continue
                }
                // EXPLAIN checks the role's rights, which PREPARE alone does not.
                try await pool.script("PREPARE checked AS \(statement.sql)")
                try await pool.script(
                    """
                    SET plan_cache_mode = force_generic_plan;
                    DO $$
                    DECLARE arguments text;
                    BEGIN
                        SELECT coalesce('(' || string_agg('NULL', ',') || ')', '') INTO arguments
                        FROM pg_prepared_statements, unnest(parameter_types) WHERE name = 'checked';
                        EXECUTE 'EXPLAIN EXECUTE checked' || arguments;
                    END $$;
                    DEALLOCATE checked
                    """)
            } catch let error as PostgresError {
                Issue.record("\(statement): \(error)")
                try await pool.script("DEALLOCATE ALL")
            }
        }
        await pool.close()
        #expect(TransfersService.statements.count > 30)
    }
}
