import Contracts
import Foundation
import Intake
import Postgres
import TestSupport
import Testing

@testable import TransfersService

private let attendanceHeader = "person_id,school_code,level,month,school_days,days_attended\n"
private let checkHeader = "person_id,facility_code,kind,checked_on\n"

/// A database with a household of two members and the cycle of July and August 2024 open.
private struct EvidenceBench {
    let operators: ConnectionPool
    let service: ConnectionPool

    func run(
        _ files: [String], _ mode: CommonV1.ImportMode = .allOrNothing, cycle: String = "2024-4"
    ) async throws -> (result: CommonV1.ImportResult, rejects: [RejectedRow]) {
        var uploadIds: [String] = []
        for file in files {
            let path = FileManager.default.temporaryDirectory.appendingPathComponent("puente-\(UUID().uuidString).csv")
            try Data(file.utf8).write(to: path)
            defer { try? FileManager.default.removeItem(at: path) }
            uploadIds.append(try await Upload.send(path.path, to: operators).uploadId.uuidString)
        }
        let request = CommonV1.ImportRequest(uploadIds: uploadIds, mode: mode, context: cycle)
        let result = try await service.transaction { transaction in
            try await ImportEvidence.requireCycle(cycle, in: transaction)
            var result = try await Importer(ImportEvidence.plan)
                .run(request, requestedBy: "ana", in: transaction) { _ in }
            result.remarks = try await ImportEvidence.remarks(on: result, in: transaction)
            return result
        }
        var rejects: [RejectedRow] = []
        try await Rejects.forEach(of: #require(UUID(uuidString: result.importId)), in: operators) { row in
            rejects.append(row)
            return .more
        }
        return (result, rejects)
    }
}

private func withEvidenceBench(_ body: (EvidenceBench) async throws -> Void) async throws {
    try await withDatabase { database in
        let operators = database.pool()
        try await operators.script(
            """
            INSERT INTO coordination.territory VALUES ('06', 'Cajamarca', 1, NULL, '06', NULL);
            INSERT INTO coordination.household VALUES (1001, '2020-01-01', 1, '06');
            INSERT INTO coordination.member VALUES
                (1001, 1, '1988-01-01', 1, true, 'F', 'Rosa', 'Quispe'),
                (1001, 2, '2015-06-30', 3, false, 'M', 'Luis', 'Quispe');
            INSERT INTO transfers.cycle (programme, code, first_day, last_day, rule_version, rules, opened_by)
            VALUES ('juntos', '2024-4', '2024-07-01', '2024-08-31', 1, '{}', 'ana');
            """)
        try await body(EvidenceBench(operators: operators, service: database.pool(as: "puente_transfers")))
    }
}

@Test func evidenceIsStoredUnderThePersonsHouseholdOnceOnly() async throws {
    try await withEvidenceBench { bench in
        let files = [
            attendanceHeader + "2,S100,primary,2024-07,20,18\n2,S100,primary,2024-08,21,21\n"
                + "2,S200,primary,2024-08,4,4\n",
            checkHeader + "1,P1,prenatal,2024-07-15\n1,P1,prenatal,2024-08-15\n",
        ]
        let first = try await bench.run(files)
        #expect(first.rejects.isEmpty)
        #expect(first.result.files.map(\.stored) == [3, 2])
        let stored = try await bench.operators.query(StoredEvidence())
        #expect(
            stored == [
                "1001 1 2 2024-07-15 P1", "1001 1 2 2024-08-15 P1", "1001 2 2024-07-01 S100 1 20 18",
                "1001 2 2024-08-01 S100 1 21 21", "1001 2 2024-08-01 S200 1 4 4",
            ])
        let second = try await bench.run(files)
        #expect(second.result.files.map(\.stored) == [0, 0])
        #expect(second.result.files.map(\.unchanged) == [3, 2])
        let corrected = try await bench.run([attendanceHeader + "2,S100,primary,2024-07,20,19\n"])
        #expect(corrected.result.files.map(\.stored) == [1])
        let now = try await bench.operators.query(StoredEvidence())
        #expect(now.contains("1001 2 2024-07-01 S100 1 20 19"))
    }
}

@Test func badEvidenceIsNamedByLineFieldAndReason() async throws {
    try await withEvidenceBench { bench in
        let attendance: [(String, String, String)] = [
            ("9,S1,primary,2024-07,20,18", "person_id", "unknown_person"),
            ("2,S1,primary,2024-06,20,18", "month", "outside_cycle"),
            ("2,S1,primary,2024-09,20,18", "month", "outside_cycle"),
            ("2,S1,primary,2024-13,20,18", "month", "impossible_date"),
            ("2,S1,primary,July,20,18", "month", "impossible_date"),
            ("2,S1,primary,2024-07,18,20", "days_attended", "out_of_range"),
            ("2,S1,primary,2024-07,32,20", "school_days", "out_of_range"),
            ("2,S1,primary,2024-07,20,-1", "days_attended", "negative"),
            ("2,S1,primary,2024-07,20,17.5", "days_attended", "fractional"),
            ("2,S1,kindergarten,2024-07,20,18", "level", "unknown_word"),
            ("2,,primary,2024-07,20,18", "school_code", "missing"),
            ("1,S1,primary,2024-07,20,20", "person_id", "duplicate_attendance"),
        ]
        let checks: [(String, String, String)] = [
            ("9,P1,growth,2024-07-01", "person_id", "unknown_person"),
            ("2,P1,growth,2024-06-30", "checked_on", "outside_cycle"),
            ("2,P1,growth,2024-09-01", "checked_on", "outside_cycle"),
            ("2,P1,growth,2024-02-30", "checked_on", "impossible_date"),
            ("2,P1,dental,2024-07-01", "kind", "unknown_word"),
            ("1,P2,prenatal,2024-07-01", "person_id", "duplicate_check"),
        ]
        let files =
            attendance.map { (attendanceHeader + "1,S1,primary,2024-07,20,20\n" + $0.0 + "\n", $0.1, $0.2) }
            + checks.map { (checkHeader + "1,P1,prenatal,2024-07-01\n" + $0.0 + "\n", $0.1, $0.2) }
        for (file, field, reason) in files {
            let (result, rejects) = try await bench.run([file])
            #expect(!result.applied, "\(reason)")
            #expect(rejects.map { "\($0.line) \($0.field) \($0.reason)" } == ["3 \(field) \(reason)"])
        }
        #expect(try await bench.operators.query(StoredEvidence()) == [])
        let kept = try await bench.run([files[0].0], .keepGood)
        #expect(kept.result.applied)
        #expect(kept.result.files.map(\.stored) == [1])
    }
}

@Test func evidenceNamesACycleThatIsThere() async throws {
    try await withEvidenceBench { bench in
        let file = checkHeader + "1,P1,prenatal,2024-07-15\n"
        func code(_ cycle: String) async -> StatusCode? {
            await #expect(throws: RPCError.self) { try await bench.run([file], cycle: cycle) }?.code
        }
        #expect(await code("") == .invalidArgument)
        #expect(await code("2030-1") == .notFound)
        try await bench.operators.script(
            "UPDATE transfers.cycle SET state = 'void', voided_by = 'ana', voided_at = now(), void_reason = 'wrong'")
        #expect(await code("2024-4") == .notFound)
    }
}

/// A run of a programme locked the evidence of every cycle of its code, of other programmes and other months too.
@Test func evidenceOfDecidedDaysIsTakenInForOthersAndSaysWhatItDoesNotChange() async throws {
    try await withEvidenceBench { bench in
        try await bench.operators.script(
            """
            INSERT INTO transfers.cycle (programme, code, first_day, last_day, rule_version, rules, opened_by)
            VALUES ('otro', '2024-4', '2024-09-01', '2024-10-31', 1, '{}', 'ana'),
                ('tercero', 'julio', '2024-07-01', '2024-07-31', 1, '{}', 'ana');
            INSERT INTO transfers.payment_run (
                run_id, cycle_id, sequence, pay_on, fiscal_year, currency, state, stage, requested_by)
            SELECT gen_random_uuid(), cycle_id, 1, '2024-09-01', 2024, 'PEN', 'reserving', 'verify', 'ana'
            FROM transfers.cycle WHERE programme <> 'otro'
            """)
        // Of days that nobody has decided on: not a word.
        let free = [
            attendanceHeader + "2,S1,primary,2024-09,20,18\n", checkHeader + "1,P1,prenatal,2024-10-31\n",
        ]
        let undecided = try await bench.run(free)
        #expect(undecided.result.files.map(\.stored) == [1, 1] && undecided.result.remarks == [])
        let files = [
            attendanceHeader + "2,S1,primary,2024-07,20,18\n2,S1,primary,2024-08,20,18\n",
            checkHeader + "1,P1,prenatal,2024-07-15\n1,P1,prenatal,2024-08-15\n1,P1,prenatal,2024-09-15\n",
        ]
        func decided(_ programme: String, _ cycle: String, _ rows: Int64) -> CommonV1.ImportRemark {
            .init(code: "decided_already", rows: rows, values: ["programme": programme, "cycle": cycle])
        }
        let late = try await bench.run(files)
        #expect(late.result.files.map(\.stored) == [2, 3])
        #expect(late.result.remarks == [decided("juntos", "2024-4", 4), decided("tercero", "julio", 2)])
        // The same files change nothing, so there is nothing to say; a correction is one row.
        #expect(try await bench.run(files).result.remarks == [])
        let corrected = try await bench.run([attendanceHeader + "2,S1,primary,2024-08,20,19\n"])
        #expect(corrected.result.remarks == [decided("juntos", "2024-4", 1)])
        // A run that was withdrawn or paid nobody has decided nothing.
        try await bench.operators.script("UPDATE transfers.payment_run SET state = 'empty'")
        #expect(try await bench.run([attendanceHeader + "2,S1,primary,2024-08,20,17\n"]).result.remarks == [])
    }
}

@Test func aMonthBelongsToTheCycleThatItsFirstDayLiesIn() async throws {
    try await withEvidenceBench { bench in
        try await bench.operators.script(
            """
            INSERT INTO transfers.cycle (programme, code, first_day, last_day, rule_version, rules, opened_by)
            VALUES ('otro', 'mid', '2024-07-15', '2024-09-14', 1, '{}', 'ana')
            """)
        let file = attendanceHeader + "2,S1,primary,2024-07,20,18\n2,S1,primary,2024-09,20,18\n"
        let (result, rejects) = try await bench.run([file], .keepGood, cycle: "mid")
        #expect(result.files.map(\.stored) == [1])
        #expect(rejects.map { "\($0.line) \($0.reason)" } == ["2 outside_cycle"])
    }
}

@Test func theEvidenceStatementsFitTheSchemaAndTheServicesRights() async throws {
    try await withDatabase { database in
        let pool = database.pool(as: "puente_transfers")
        let refused = try await pool.prepareAll(TransfersService.evidenceStatements)
        #expect(refused.isEmpty, "\(refused)")
    }
}

private struct StoredEvidence: Statement {
    static let sql = """
        SELECT concat_ws(' ', household_id, person_id, month, school_code, level, school_days, days_attended) AS row
        FROM transfers.attendance
        UNION ALL
        SELECT concat_ws(' ', household_id, person_id, kind, checked_on, facility_code) FROM transfers.health_check
        ORDER BY row
        """
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}
