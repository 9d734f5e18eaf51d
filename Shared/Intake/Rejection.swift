import Vocabulary

/// Texts of the statements that move bad rows from a staging table into `intake.reject`.
///
/// Conditions, fields, reasons and sentences are constants of the program; input never becomes part of a statement. In
/// conditions the staged row is called `staged`.
public enum Rejection {
    /// Refuses the staged rows that meet a condition. The sentence has no values.
    public static func rows(
        of staging: String, where condition: String, field: String, reason: String, message: Sentence
    ) -> String {
        """
        WITH refused AS (DELETE FROM \(staging) AS staged WHERE \(condition) RETURNING staged.file, staged.line)
        INSERT INTO intake.reject (import_id, upload_id, line, field, reason, pattern)
        SELECT $1::uuid, ($2::uuid[])[file], line, '\(field)', '\(reason)', \(pattern(message)) FROM refused
        """
    }

    /// Refuses all but the first of the staged rows that have the same key. `what` says what the first one has already.
    public static func repeated(
        in staging: String, key: String, field: String, reason: String, what: String
    ) -> String {
        let keys = key.split(separator: ",").map { $0.trimmingSpaces }
        let sameKey = keys.map { "staged.\($0) = repeated.\($0)" }.joined(separator: " AND ")
        return """
            WITH repeated AS (
                SELECT \(key), min(file::bigint << 32 | line) AS first
                FROM \(staging) GROUP BY \(key) HAVING count(*) > 1
            ), refused AS (
                DELETE FROM \(staging) AS staged USING repeated
                WHERE \(sameKey) AND (staged.file::bigint << 32 | staged.line) > repeated.first
                RETURNING staged.file, staged.line, repeated.first
            )
            INSERT INTO intake.reject (import_id, upload_id, line, field, reason, pattern, fillings)
            SELECT
                $1::uuid, ($2::uuid[])[file], line, '\(field)', '\(reason)',
                CASE WHEN first >> 32 = file
                    THEN 'line {} has \(what) already' ELSE 'line {} of another file has \(what) already' END,
                ARRAY[(first & 4294967295)::text]
            FROM refused
            """
    }

    /// A sentence's pattern as a literal of SQL. Where it has `{}`, the statement gives the fillings.
    public static func pattern(_ sentence: Sentence) -> String {
        let quoted = sentence.pattern.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
        return "'\(quoted)'"
    }
}

extension Substring {
    fileprivate var trimmingSpaces: Substring {
        drop { $0 == " " }
    }
}
