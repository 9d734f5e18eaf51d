import Postgres

extension TestDatabase {
    /// Asks the server, as the role, to plan every statement: that finds unknown names, types that do not fit, and rights
    /// that the role lacks. Returns what was refused, by the statement's name.
    public func refusedStatements(_ statements: [any Statement.Type], as role: String) async throws -> [String] {
        let pool = pool(as: role, size: 1)
        try await pool.script("SET plan_cache_mode = force_generic_plan")
        var refused: [String] = []
        for statement in statements {
            do {
                if statement.sql.hasPrefix("TRUNCATE") {
                    // PREPARE takes no TRUNCATE, and an empty database has nothing to lose.
                    try await pool.script("BEGIN; \(statement.sql); ROLLBACK")
                } else {
                    try await pool.script("PREPARE checked AS \(statement.sql)")
                    // Rights are checked when a plan is about to run, so the plan is asked for.
                    try await pool.script(Self.plan)
                }
            } catch let error as PostgresError {
                refused.append("\(statement): \(error)")
            }
            try await pool.script("ROLLBACK; DEALLOCATE ALL")
        }
        await pool.close()
        return refused
    }

    private static let plan = """
        DO $$
        DECLARE
            arguments text;
        BEGIN
            SELECT coalesce('(' || string_agg('NULL', ',') || ')', '') INTO arguments
            FROM pg_prepared_statements, unnest(parameter_types) WHERE name = 'checked';
            EXECUTE 'EXPLAIN EXECUTE checked' || arguments;
        END
        $$
        """
}
