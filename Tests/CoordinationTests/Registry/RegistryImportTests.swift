import Contracts
import Foundation
import Intake
import Postgres
import TestSupport
import Testing
import Vocabulary

@testable import CoordinationService

@Test func aRegistryIsImportedInWhateverOrderItsFilesCome() async throws {
    try await withImportBench { bench in
        let (result, rejects) = try await bench.run(SmallRegistry.all.reversed())
        #expect(rejects.isEmpty)
        #expect(result.applied)
        #expect(result.files.map(\.kind) == ["territories", "households", "members", "accounts"])
        #expect(result.files.map(\.rows) == [4, 2, 3, 2])
        #expect(result.files.map(\.stored) == [4, 2, 3, 2])
        let district = try await bench.operators.queryOne(Territory(code: "060101"))
        #expect(district == "060101 Cajamarca 3 0601 06 Cajamarca null")
        let payee = try await bench.operators.queryOne(Payee(household: 1001))
        #expect(payee == "40000001 Rosa María Quispe Ñaupari BANCPEPL 04001123456")
        #expect(try await bench.count(Count(of: .staged)) == 0)
        #expect(try await bench.count(Count(of: .chunks)) == 0)
    }
}

@Test func importingTheSameFilesTwiceChangesNothing() async throws {
    try await withImportBench { bench in
        _ = try await bench.run(SmallRegistry.all)
        let before = try await bench.operators.queryOne(RegistryDigest())
        let transactions = try await bench.count(Count(of: .rowVersions))
        let (result, _) = try await bench.run(SmallRegistry.all)
        #expect(result.applied)
        #expect(result.files.map(\.stored) == [0, 0, 0, 0])
        #expect(result.files.map(\.unchanged) == [4, 2, 3, 2])
        #expect(try await bench.operators.queryOne(RegistryDigest()) == before)
        #expect(try await bench.count(Count(of: .rowVersions)) == transactions)
    }
}

@Test func whatChangedIsUpdatedAndTheRestLeftAlone() async throws {
    try await withImportBench { bench in
        _ = try await bench.run(SmallRegistry.all)
        let changed = SmallRegistry.members.replacing("Luis", with: "Luis Ángel")
        let moved = SmallRegistry.households.replacing("1002,060102,poor", with: "1002,060101,non_poor")
        let (result, rejects) = try await bench.run([changed, moved])
        #expect(rejects.isEmpty)
        #expect(result.files.map(\.kind) == ["households", "members"])
        #expect(result.files.map(\.stored) == [1, 1])
        #expect(result.files.map(\.unchanged) == [1, 2])
        let digest = try #require(try await bench.operators.queryOne(RegistryDigest()))
        #expect(digest.contains("Luis Ángel"))
        #expect(digest.contains("(1002,2019-12-31,3,060101)"))
    }
}

@Test func severalFilesOfAKindAreCheckedAgainstOneAnother() async throws {
    try await withImportBench { bench in
        let header = "household_id,territory_code,poverty_class,residence_since\n"
        let files = [
            SmallRegistry.territories, header + "1,060101,poor,2020-01-01\n2,060101,poor,2020-01-01\n",
            header + "3,060101,poor,2020-01-01\n2,060102,poor,2020-01-01\n",
        ]
        let (result, rejects) = try await bench.run(files, .keepGood)
        #expect(result.applied)
        #expect(result.files.map(\.stored) == [4, 2, 1])
        #expect(result.files.map(\.rejected) == [0, 0, 1])
        #expect(rejects.map(\.line) == [3])
        #expect(rejects.map(\.reason) == ["duplicate_household"])
        #expect(rejects.map(\.message) == ["line 3 of another file has this household already"])
        #expect(rejects.map(\.sentence.pattern) == ["line {} of another file has this household already"])
        #expect(rejects.map(\.sentence.values) == [["3"]])
    }
}

@Test func goodRowsAreKeptOrNotAsAsked() async throws {
    try await withImportBench { bench in
        let files = [
            SmallRegistry.territories,
            SmallRegistry.households.replacing("1002,060102", with: "1002,999999"),
            SmallRegistry.members, SmallRegistry.accounts,
        ]
        let refused = try await bench.run(files, .allOrNothing)
        #expect(!refused.result.applied)
        #expect(refused.result.files.map(\.stored) == [0, 0, 0, 0])
        #expect(refused.result.files.map(\.rejected) == [0, 1, 1, 1])
        #expect(try await bench.operators.queryOne(RegistryDigest()) == "")
        #expect(refused.rejects.count == 3)
        let kept = try await bench.run(files, .keepGood)
        #expect(kept.result.applied)
        #expect(kept.result.files.map(\.stored) == [4, 1, 2, 1])
        #expect(Set(kept.rejects.map(\.reason)) == ["unknown_territory", "unknown_household"])
    }
}

@Test func anUploadWhoseBytesAreGoneMustBeSentAgain() async throws {
    try await withImportBench { bench in
        let uploadId = try await bench.upload(Array(SmallRegistry.territories.utf8))
        _ = try await bench.importing([uploadId], .allOrNothing)
        let again = await #expect(throws: RPCError.self) { try await bench.importing([uploadId], .allOrNothing) }
        #expect(again?.code == .failedPrecondition)
        #expect(again?.message.contains("send the file again") == true)
        // A crash of the server empties unlogged tables.
        let lost = try await bench.upload(Array(SmallRegistry.households.utf8))
        try await bench.operators.script("TRUNCATE intake.upload_chunk")
        let crash = await #expect(throws: RPCError.self) { try await bench.importing([lost], .allOrNothing) }
        #expect(crash?.code == .failedPrecondition)
    }
}

@Test func bytesThatNobodyAnswersForDoNotStay() async throws {
    try await withImportBench { bench in
        try await bench.operators.script(
            "INSERT INTO intake.upload_chunk (upload_id, chunk, bytes) VALUES (gen_random_uuid(), 0, 'x')")
        let waiting = try await bench.upload(Array(SmallRegistry.households.utf8))
        _ = try await bench.run([SmallRegistry.territories])
        // The file that waits for its import stays.
        #expect(try await bench.count(Count(of: .chunks)) == 1)
        #expect(try await bench.importing([waiting], .allOrNothing).result.applied)
    }
}

@Test func bytesThatAreNotThoseThatWereSentAreNotImported() async throws {
    try await withImportBench { bench in
        let uploadId = try await bench.upload(Array(SmallRegistry.territories.utf8))
        try await bench.operators.script(
            "UPDATE intake.upload_chunk SET bytes = bytes || convert_to(E'99,Otro,department,,\\n', 'UTF8')")
        let error = await #expect(throws: RPCError.self) { try await bench.importing([uploadId], .allOrNothing) }
        #expect(error?.code == .failedPrecondition)
        #expect(try await bench.operators.queryOne(RegistryDigest()) == "")
    }
}

@Test func aRequestThatNamesNothingOrNothingKnownIsRefused() async throws {
    try await withImportBench { bench in
        let cases: [([String], CommonV1.ImportMode, StatusCode)] = [
            ([], .keepGood, .invalidArgument), (["x"], .keepGood, .invalidArgument),
            ([UUID().uuidString], .keepGood, .notFound), ([UUID().uuidString], .unspecified, .invalidArgument),
        ]
        for (uploadIds, mode, code) in cases {
            let error = await #expect(throws: RPCError.self) { try await bench.importing(uploadIds, mode) }
            #expect(error?.code == code)
        }
    }
}

@Test func namesSurviveWhateverTheyHoldOrAreRefused() async throws {
    try await withImportBench { bench in
        var names = ["O'Brien", "Robert\"); DROP TABLE member;--", "=1+1", "名前", "👩‍🌾"]
        names += ["\\N", "NULL", " leading", "a\nb"]
        if let root = ProcessInfo.processInfo.environment["PUENTE_REFERENCE_DATA"],
            let data = FileManager.default.contents(atPath: root + "/hostile/blns.json"),
            let list = try JSONSerialization.jsonObject(with: data) as? [String]
        {
            names += list.filter { !$0.isEmpty && $0.utf8.count <= 400 && !$0.utf8.contains(0) }
        }
        var file = "person_id,household_id,given_names,surnames,sex,birth_date,relationship,pregnant\n"
        for (index, name) in names.enumerated() {
            let quoted = "\"" + name.replacing("\"", with: "\"\"") + "\""
            file += "\(index + 1),1001,\(quoted),\(quoted),F,1990-01-01,other,false\n"
        }
        let (result, rejects) = try await bench.run(
            [SmallRegistry.territories, SmallRegistry.households, file], .keepGood)
        #expect(result.applied)
        #expect(Set(rejects.map(\.reason)).isSubset(of: ["control_character", "formula", "missing"]))
        func isFormula(_ name: String) -> Bool {
            var name = name
            return name.withUTF8 { PlainText.isFormula(UnsafeRawBufferPointer($0)) }
        }
        let taken = names.filter { !PlainText.disturbs($0) && !PlainText.isBlank($0) && !isFormula($0) }
        #expect(taken.count + rejects.count == names.count)
        let stored = try await bench.operators.query(GivenNames())
        #expect(stored.map { Array($0.utf8) } == taken.map { Array($0.utf8) })
    }
}

private struct Territory: Statement {
    let code: String
    static let sql = """
        SELECT concat_ws(' ', territory_code, name, level, parent_code, department_code, department_name,
            coalesce(poverty_rate_hundredths::text, 'null'))
        FROM coordination.territory_v1 WHERE territory_code = $1
        """
    func bind(into parameters: inout Parameters) { parameters.add(code) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}

private struct Payee: Statement {
    let household: Int64
    static let sql = """
        SELECT concat_ws(' ', holder_person_id, holder_name, bank_bic, account_number)
        FROM coordination.payee_v1 WHERE household_id = $1
        """
    func bind(into parameters: inout Parameters) { parameters.add(household) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}

private struct GivenNames: Statement {
    static let sql = "SELECT given_names FROM coordination.member WHERE given_names = surnames ORDER BY person_id"
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> String { try row.string(0) }
}

/// Counts that the tests ask for.
private struct Count: Statement {
    enum What: String {
        case staged, chunks, rowVersions
    }
    let what: What
    init(of what: What) { self.what = what }
    static let sql = """
        SELECT CASE $1
            WHEN 'staged' THEN (SELECT count(*) FROM coordination.staged_household)
                + (SELECT count(*) FROM coordination.staged_member)
            WHEN 'chunks' THEN (SELECT count(*) FROM intake.upload_chunk)
            ELSE (SELECT max(xmin::text::bigint) FROM coordination.member) END
        """
    func bind(into parameters: inout Parameters) { parameters.add(what.rawValue) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.int64(0) }
}
