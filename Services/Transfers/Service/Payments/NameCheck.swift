import Contracts
import Postgres
import Vocabulary

/// The names that the bank file will carry otherwise than the registry has them, as the writer itself would write them.
enum NameCheck {
    /// How many are listed.
    private static let listed = 20

    /// Names of a cycle's affiliated households that have an account: before a run is started.
    static func affiliated(
        cycleId: Int32, set: BankCharacterSet, _ transaction: borrowing Transaction
    ) async throws -> [TransfersV1.RunFinding] {
        try await findings(
            """
            COPY (
                SELECT payee.household_id, payee.holder_name
                FROM transfers.affiliation AS affiliated JOIN coordination.payee_v1 AS payee USING (household_id)
                WHERE affiliated.cycle_id = \(cycleId) AND (affiliated.refusals = 0 OR affiliated.kept_by IS NOT NULL)
                    AND payee.account_number IS NOT NULL AND payee.holder_name COLLATE "C" ~ '[^A-Za-z0-9 ]|^ |  | $'
                ORDER BY payee.household_id
            ) TO STDOUT (FORMAT binary)
            """, set: set, transaction)
    }

    /// Names of the households that a run pays: for who approves it.
    static func payable(
        runNumber: Int32, set: BankCharacterSet, _ transaction: borrowing Transaction
    ) async throws -> [TransfersV1.RunFinding] {
        try await findings(
            """
            COPY (
                SELECT roll.household_id, roll.holder_name
                FROM transfers.household_outcome AS decided
                JOIN transfers.roll_household AS roll USING (household_id, run_number)
                WHERE decided.run_number = \(runNumber) AND decided.outcome = 1
                    AND roll.holder_name COLLATE "C" ~ '[^A-Za-z0-9 ]|^ |  | $'
                ORDER BY roll.household_id
            ) TO STDOUT (FORMAT binary)
            """, set: set, transaction)
    }

    private static func findings(
        _ names: SQLText, set: BankCharacterSet, _ transaction: borrowing Transaction
    ) async throws -> [TransfersV1.RunFinding] {
        let seen = Seen()
        _ = try await transaction.copyOut(names.sql) { row in
            let household = try row.int64(0)
            let name = try row.withBytes(1) { String(decoding: $0, as: UTF8.self) }
            let sent = set.transliterated(name)
            guard sent.changed else { return }
            let code =
                sent.text.isEmpty ? "name_unwritable" : sent.change == .lost ? "name_lost" : "name_transliterated"
            seen.counts[code, default: 0] += 1
            if seen.examples[code, default: []].count < listed {
                seen.examples[code, default: []].append("\(household): \(name) → \(sent.text)")
            }
        }
        let weights: [(code: String, weight: TransfersV1.FindingWeight)] = [
            ("name_unwritable", .fatal), ("name_lost", .odd), ("name_transliterated", .note),
        ]
        return weights.compactMap { code, weight in
            seen.counts[code].map {
                TransfersV1.RunFinding(
                    code: code, weight: weight, values: ["households": String($0)], examples: seen.examples[code] ?? [])
            }
        }
    }

    private final class Seen: @unchecked Sendable {
        var counts: [String: Int64] = [:]
        var examples: [String: [String]] = [:]
    }
}

extension TransfersV1.RunFinding {
    /// Without names of persons: as it is kept. Who was meant is in the registry.
    var kept: TransfersV1.RunFinding {
        guard code.hasPrefix("name_") else { return self }
        var kept = self
        kept.examples = examples.map { String($0.prefix { $0 != ":" }) }
        return kept
    }
}
