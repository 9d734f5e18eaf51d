import Contracts
import Foundation
import Intake
import Postgres
import TestSupport
import Testing

@testable import CoordinationService

private let header = "household_id,holder_person_id,bank_bic,account_number\n"

/// A registry of `count` households with one member each, who holds the account.
private func registry(_ count: Int) -> [String] {
    var households = "household_id,territory_code,poverty_class,residence_since\n"
    var members = "person_id,household_id,given_names,surnames,sex,birth_date,relationship,pregnant\n"
    for household in 1...count {
        households += "\(household),060101,poor,2020-01-01\n"
        members += "\(household),\(household),Ana,Paz,F,1990-01-01,head,false\n"
    }
    return [SmallRegistry.territories, households, members, accounts(1...count)]
}

/// The accounts of households; the first digits tell one generation from another.
private func accounts(_ households: ClosedRange<Int>, _ beginning: String = "04") -> String {
    header
        + households.map { household in
            let digits = String(household)
            return "\(household),\(household),BANCPEPL,\(beginning)"
                + String(repeating: "0", count: 9 - digits.count) + digits + "\n"
        }.joined()
}

@Test func newChangedAndUnchangedAccountsAreCountedApartAndKept() async throws {
    try await withImportBench { bench in
        _ = try await bench.run(registry(40))
        let next = accounts(1...35).appending(accounts(36...40, "05").dropFirst(header.count))
        let (result, rejects) = try await bench.run([next])
        #expect(rejects.isEmpty)
        let file = try #require(result.files.first)
        #expect([file.rows, file.stored, file.changed, file.unchanged, file.rejected] == [40, 5, 5, 35, 0])
        let changes = try await bench.operators.query(Changes())
        #expect(changes.count == 5)
        #expect(changes.first == "36 BANCPEPL *******0036 BANCPEPL *******0036 ana f -")
    }
}

@Test func accountsThatLostZerosAreAskedAboutAndNotStored() async throws {
    try await withImportBench { bench in
        _ = try await bench.run(registry(40))
        let before = try await bench.operators.queryOne(RegistryDigest())
        let spoilt = accounts(1...40).replacing("BANCPEPL,0", with: "BANCPEPL,")
        let (result, rejects) = try await bench.run([spoilt], .keepGood)
        #expect(result.files.map(\.rejected) == [40])
        #expect(Set(rejects.map(\.reason)) == ["lost_zeros"])
        #expect(rejects.allSatisfy { $0.field == "account_number" && $0.message.contains("save it as CSV again") })
        #expect(try await bench.operators.queryOne(RegistryDigest()) == before)
    }
}

@Test func anAccountThatDiffersOnlyByLeadingZerosIsAskedAboutWhereLengthsVary() async throws {
    try await withDatabase { database in
        try await TestCountry.load("chile", into: database)
        let bench = ImportBench(
            database: database, operators: database.pool(), service: database.pool(as: "puente_coordination"))
        // Chile's bank, levels and forms of codes.
        let words = [
            ("BANCPEPL", "BECHCLRM"), ("district", "commune"), ("department", "region"), ("06010", "0610"),
            ("0601,", "061,"),
        ]
        let chile = registry(2).map { file in words.reduce(file) { $0.replacing($1.0, with: $1.1) } }
        #expect(try await bench.run(chile).result.applied)
        let spoilt = accounts(1...1).replacing("BANCPEPL,0", with: "BECHCLRM,")
        let (_, rejects) = try await bench.run([spoilt], .keepGood)
        #expect(rejects.map(\.reason) == ["lost_zeros"])
        await bench.operators.close()
        await bench.service.close()
    }
}

@Test func aMassChangeOfAccountsIsRefusedUntilSomebodySaysWhy() async throws {
    try await withImportBench { bench in
        _ = try await bench.run(registry(50))
        let before = try await bench.operators.queryOne(RegistryDigest())
        // A fifth is no mass; more is.
        let fifth = try await bench.run([accounts(1...10, "05")])
        #expect(fifth.result.applied && fifth.result.files[0].changed == 10)
        _ = try await bench.run([accounts(1...10)])
        let refused = try await bench.run([accounts(1...11, "05")], .keepGood)
        #expect(refused.result.files[0].rejected == 11)
        #expect(Set(refused.rejects.map(\.reason)) == ["mass_change"])
        #expect(refused.rejects[0].message.contains("11 accounts, of 50 stored"))
        #expect(refused.rejects[0].message.contains("--accept-changes"))
        #expect(try await bench.operators.queryOne(RegistryDigest()) == before)
        let accepted = try await bench.run([accounts(1...11, "05")], acceptedChanges: "The bank moved its branch 04.")
        #expect(accepted.result.applied && accepted.result.files[0].changed == 11)
        let reasons = try await bench.operators.query(Changes())
        #expect(reasons.last?.hasSuffix("The bank moved its branch 04.") == true)
    }
}

@Test func allAccountsOfASmallRegistryAreAMassToo() async throws {
    try await withImportBench { bench in
        _ = try await bench.run(registry(3))
        let (result, rejects) = try await bench.run([accounts(1...3, "05")])
        #expect(!result.applied)
        #expect(rejects.map(\.reason) == ["mass_change", "mass_change", "mass_change"])
    }
}

@Test(arguments: [" ", "a\u{1B}[2J", String(repeating: "x", count: 1_001)])
func aReasonForAMassChangeIsWords(reason: String) async throws {
    try await withImportBench { bench in
        let error = await #expect(throws: RPCError.self) {
            try await bench.run(registry(3), acceptedChanges: reason)
        }
        #expect(error?.code == .invalidArgument)
    }
}

@Test func aHolderWithoutANameIsNotPaid() async throws {
    try await withImportBench { bench in
        var files = registry(3)
        files[2] = files[2].replacing("2,2,Ana,Paz", with: "2,2,😀,名前").replacing("3,3,Ana,Paz", with: "3,3,😀,Ñ")
        let (result, rejects) = try await bench.run(files, .keepGood)
        #expect(result.applied)
        #expect(rejects.map { "\($0.line) \($0.field) \($0.reason)" } == ["3 holder_person_id holder_without_name"])
        // Also when the name is stored already.
        let again = try await bench.run([accounts(2...2)], .keepGood)
        #expect(again.rejects.map(\.reason) == ["holder_without_name"])
    }
}

@Test func changesOfAccountsAreOnlyEverAdded() async throws {
    try await withImportBench { bench in
        _ = try await bench.run(registry(40))
        _ = try await bench.run([accounts(1...1, "05")])
        for statement in [
            "UPDATE coordination.account_change SET changed_by = 'x'", "DELETE FROM coordination.account_change",
        ] {
            let error = await #expect(throws: PostgresError.self) { try await bench.service.script(statement) }
            #expect(error?.sqlState == "42501")
        }
    }
}

private struct Changes: Statement {
    static let sql = """
        SELECT concat_ws(' ', household_id, from_bank_bic, from_account, to_bank_bic, to_account, changed_by,
            holder_changed, coalesce(reason, '-'))
        FROM coordination.account_change_v1 ORDER BY changed_at, household_id
        """
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}
