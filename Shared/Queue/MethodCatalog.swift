import Contracts
import Postgres

/// Publishes the contracts' methods and policies to the database, where the queue enforces them.
public enum MethodCatalog {
    /// Writes every method; those published before are brought up to date, and none is removed. The connection's role
    /// owns schema `rpc` or is a superuser.
    public static func publish(_ methods: [any AnyMethod], _ pool: ConnectionPool) async throws {
        try await pool.transaction { transaction in
            try await transaction.execute(PublishMethods(methods: methods))
        }
    }
}

extension AnyMethod {
    /// The service that serves the method: the second part of the package, `transfers` in `puente.transfers.v1`.
    var servingService: String {
        let parts = name.split(separator: ".")
        return parts.count > 2 ? String(parts[1]) : name
    }

    /// The method's number of kind in `rpc.method`.
    var kindNumber: Int16 {
        switch kind {
        case .unary: 0
        case .serverStreaming: 1
        case .oneWay: 2
        }
    }

    /// Deadline of a call that names none; a one-way call without one may wait for ever.
    var publishedDeadline: Duration? {
        kind == .oneWay ? policy.deadline : policy.defaultDeadline
    }
}

struct PublishMethods: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO rpc.method (
            name, service, kind, key_required, max_attempts, initial_backoff_ms, max_backoff_ms, multiplier_hundredths,
            retryable_codes, deadline_ms, ordering_field, priority, allowed_roles, max_concurrency,
            max_rate_per_second, batch_size, max_concurrency_per_key, decision)
        SELECT m.name, m.service, m.kind, m.key_required, m.max_attempts, m.initial_backoff_ms, m.max_backoff_ms,
            m.multiplier_hundredths, coalesce(string_to_array(nullif(m.retryable_codes, ''), ',')::smallint[], '{}'),
            m.deadline_ms, m.ordering_field, m.priority,
            coalesce(string_to_array(nullif(m.allowed_roles, ''), ','), '{}'), m.max_concurrency,
            m.max_rate_per_second, m.batch_size, m.max_concurrency_per_key, m.decision
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) AS m (
            name, service, kind, key_required, max_attempts, initial_backoff_ms, max_backoff_ms, multiplier_hundredths,
            retryable_codes, deadline_ms, ordering_field, priority, allowed_roles, max_concurrency,
            max_rate_per_second, batch_size, max_concurrency_per_key, decision)
        ON CONFLICT (name) DO UPDATE SET
            service = excluded.service, kind = excluded.kind, key_required = excluded.key_required,
            max_attempts = excluded.max_attempts, initial_backoff_ms = excluded.initial_backoff_ms,
            max_backoff_ms = excluded.max_backoff_ms, multiplier_hundredths = excluded.multiplier_hundredths,
            retryable_codes = excluded.retryable_codes, deadline_ms = excluded.deadline_ms,
            ordering_field = excluded.ordering_field, priority = excluded.priority,
            allowed_roles = excluded.allowed_roles, max_concurrency = excluded.max_concurrency,
            max_rate_per_second = excluded.max_rate_per_second, batch_size = excluded.batch_size,
            max_concurrency_per_key = excluded.max_concurrency_per_key, decision = excluded.decision
        """
    let methods: [any AnyMethod]

    func bind(into parameters: inout Parameters) {
        let policies = methods.map(\.policy)
        parameters.add(methods.map(\.name))
        parameters.add(methods.map(\.servingService))
        parameters.add(methods.map(\.kindNumber))
        parameters.add(policies.map { $0.idempotency == .keyRequired })
        parameters.add(policies.map { Int16(clamping: $0.maxAttempts) })
        parameters.add(policies.map { Int32(clamping: $0.retry?.initialBackoff?.milliseconds ?? 100) })
        parameters.add(policies.map { Int32(clamping: $0.retry?.maxBackoff?.milliseconds ?? 10_000) })
        parameters.add(policies.map { max(100, $0.retry?.multiplierHundredths ?? 200) })
        parameters.add(policies.map { $0.retryableStatusCodes.map { String($0.rawValue) }.joined(separator: ",") })
        parameters.add(methods.map { $0.publishedDeadline?.milliseconds })
        parameters.add(policies.map(\.orderingKeyJSONName))
        parameters.add(policies.map { Int16(clamping: $0.priority) })
        parameters.add(policies.map { $0.allowedRoles.joined(separator: ",") })
        parameters.add(policies.map(\.maxConcurrency))
        parameters.add(policies.map(\.maxRatePerSecond))
        parameters.add(policies.map(\.batchSize))
        parameters.add(policies.map(\.maxConcurrencyPerKey))
        parameters.add(policies.map(\.decision))
    }
}
