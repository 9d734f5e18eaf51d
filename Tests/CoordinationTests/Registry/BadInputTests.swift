import Contracts
import Foundation
import Intake
import Testing

/// One bad file and what the import must say about it.
struct BadInput: Sendable, CustomTestStringConvertible {
    let what: String
    let file: [UInt8]
    let line: Int64
    let field: String
    let reason: String

    var testDescription: String { what }

    init(_ what: String, _ file: String, line: Int64, _ field: String, _ reason: String) {
        self.init(what, bytes: Array(file.utf8), line: line, field, reason)
    }

    init(_ what: String, bytes: [UInt8], line: Int64, _ field: String, _ reason: String) {
        self.what = what
        file = bytes
        self.line = line
        self.field = field
        self.reason = reason
    }
}

private let householdHeader = "household_id,territory_code,poverty_class,residence_since\n"
private let memberHeader = "person_id,household_id,given_names,surnames,sex,birth_date,relationship,pregnant\n"
private let accountHeader = "household_id,holder_person_id,bank_bic,account_number\n"
private let territoryHeader = "territory_code,name,level,parent_code,poverty_rate\n"

private func household(_ row: String) -> String { householdHeader + "5,060101,poor,2020-01-01\n" + row + "\n" }
private func member(_ row: String) -> String {
    memberHeader + "7,1001,Eva,Paz,F,1990-01-01,other,false\n" + row + "\n"
}
private func account(_ row: String) -> String { accountHeader + "1002,40000003,BANCPEPL,04000000009\n" + row + "\n" }
private func territory(_ row: String) -> String { territoryHeader + "07,Callao,department,,\n" + row + "\n" }

private let badRows: [BadInput] = [
    .init("unknown territory", household("6,150101,poor,2020-01-01"), line: 3, "territory_code", "unknown_territory"),
    .init("day that is none", household("6,060101,poor,2023-02-29"), line: 3, "residence_since", "impossible_date"),
    .init("month 13", household("6,060101,poor,2023-13-01"), line: 3, "residence_since", "impossible_date"),
    .init("day first", household("6,060101,poor,31/12/2020"), line: 3, "residence_since", "impossible_date"),
    .init("future", household("6,060101,poor,2899-01-01"), line: 3, "residence_since", "impossible_date"),
    .init("year 1066", household("6,060101,poor,1066-01-01"), line: 3, "residence_since", "impossible_date"),
    .init("no date", household("6,060101,poor,"), line: 3, "residence_since", "missing"),
    .init("negative number", household("-6,060101,poor,2020-01-01"), line: 3, "household_id", "negative"),
    .init("fractional number", household("6.5,060101,poor,2020-01-01"), line: 3, "household_id", "fractional"),
    .init("decimal comma", household("\"6,5\",060101,poor,2020-01-01"), line: 3, "household_id", "fractional"),
    .init("exponent", household("6E3,060101,poor,2020-01-01"), line: 3, "household_id", "not_a_number"),
    .init("blank before", household(" 6,060101,poor,2020-01-01"), line: 3, "household_id", "not_a_number"),
    .init("zero", household("0,060101,poor,2020-01-01"), line: 3, "household_id", "out_of_range"),
    .init("16 digits", household("1234567890123456,060101,poor,2020-01-01"), line: 3, "household_id", "out_of_range"),
    .init(
        "30 digits", household("123456789012345678901234567890,060101,poor,2020-01-01"), line: 3, "household_id",
        "out_of_range"),
    .init("no number", household(",060101,poor,2020-01-01"), line: 3, "household_id", "missing"),
    .init("duplicate household", household("5,060101,poor,2020-01-01"), line: 3, "household_id", "duplicate_household"),
    .init("unknown class", household("6,060101,rich,2020-01-01"), line: 3, "poverty_class", "unknown_word"),
    .init("class in capitals", household("6,060101,POOR,2020-01-01"), line: 3, "poverty_class", "unknown_word"),
    .init("too few fields", household("6,060101,poor"), line: 3, "", "field_count"),
    .init("too many fields", household("6,060101,poor,2020-01-01,x"), line: 3, "", "field_count"),
    .init("semicolons", household("6;060101;poor;2020-01-01"), line: 3, "", "field_count"),
    .init("code with a blank", household("6,06 0101,poor,2020-01-01"), line: 3, "territory_code", "bad_code"),
    .init("text after quote", household("\"6\"x,060101,poor,2020-01-01"), line: 3, "household_id", "malformed_csv"),
    .init("NUL", household("6,0601\u{0}01,poor,2020-01-01"), line: 3, "territory_code", "encoding"),
    .init(
        "member of two households in the file", member("7,1002,Eva,Paz,F,1990-01-01,other,false"), line: 3,
        "person_id", "member_of_two_households"),
    .init(
        "member twice in the file", member("7,1001,Eva,Paz,F,1990-01-01,other,false"), line: 3, "person_id",
        "duplicate_member"),
    .init(
        "person whom another household holds", member("40000003,1001,Ana,Díaz,F,1990-11-02,other,false"), line: 3,
        "person_id", "member_of_two_households"),
    .init(
        "member of an unknown household", member("8,4711,Eva,Paz,F,1990-01-01,other,false"), line: 3, "household_id",
        "unknown_household"),
    .init("no surname", member("8,1001,Eva,,F,1990-01-01,other,false"), line: 3, "surnames", "missing"),
    .init(
        "endless name", member("8,1001,\(String(repeating: "x", count: 401)),Paz,F,1990-01-01,other,false"), line: 3,
        "given_names", "too_long"),
    .init("sex", member("8,1001,Eva,Paz,X,1990-01-01,other,false"), line: 3, "sex", "unknown_word"),
    .init("relationship", member("8,1001,Eva,Paz,F,1990-01-01,aunt,false"), line: 3, "relationship", "unknown_word"),
    .init("pregnant", member("8,1001,Eva,Paz,F,1990-01-01,other,yes"), line: 3, "pregnant", "unknown_word"),
    .init(
        "line feed in a name", member("8,1001,\"Eva\nLuz\",Paz,F,1990-01-01,other,false"), line: 3, "given_names",
        "control_character"),
    .init(
        "escape in a name", member("8,1001,Eva\u{1B}[2J,Paz,F,1990-01-01,other,false"), line: 3, "given_names",
        "control_character"),
    .init(
        "mark of direction", member("8,1001,Eva,Paz\u{202E},F,1990-01-01,other,false"), line: 3, "surnames",
        "control_character"),
    .init("name of blanks", member("8,1001, ,   ,F,1990-01-01,other,false"), line: 3, "given_names", "missing"),
    .init("formula in a name", member("8,1001,=1+1,Paz,F,1990-01-01,other,false"), line: 3, "given_names", "formula"),
    .init(
        "second head in the file",
        memberHeader + "40000003,1002,Ana,Díaz,F,1990-11-02,spouse,false\n"
            + "7,1002,Eva,Paz,F,1990-01-01,head,false\n8,1002,Luis,Paz,M,1990-01-01,head,false\n",
        line: 4, "relationship", "second_head"),
    .init(
        "second head beside the stored one", member("8,1001,Eva,Paz,F,1990-01-01,head,false"), line: 3, "relationship",
        "second_head"),
    .init("account twice", account("1002,40000003,BANCPEPL,04000000010"), line: 3, "household_id", "duplicate_account"),
    .init(
        "account of nobody", account("4711,40000003,BANCPEPL,04000000010"), line: 3, "household_id", "unknown_household"
    ),
    .init(
        "holder who is no member", account("1001,40000003,BANCPEPL,04000000010"), line: 3, "holder_person_id",
        "holder_is_no_member"),
    .init("BIC", account("1001,40000001,BANCPE,04000000010"), line: 3, "bank_bic", "bad_code"),
    .init(
        "BIC with a digit in its country", account("1001,40000001,BANCP3PL,04000000010"), line: 3, "bank_bic",
        "bad_code"),
    .init("no account", account("1001,40000001,BANCPEPL,"), line: 3, "account_number", "missing"),
    .init("zeros lost", account("1001,40000001,BANCPEPL,4001123456"), line: 3, "account_number", "lost_zeros"),
    .init(
        "zeros of a CCI lost", account("1001,40000001,BCPLPEPL,219100000012345754"), line: 3, "account_number",
        "lost_zeros"),
    .init(
        "power of ten", account("1001,40000001,BANCPEPL,1.23457E+17"), line: 3, "account_number",
        "scientific_notation"),
    .init(
        "power of ten with a comma", account("1001,40000001,BANCPEPL,\"1,23457E+17\""), line: 3, "account_number",
        "scientific_notation"),
    .init(
        "check digit", account("1001,40000001,BCPLPEPL,00219100000012345755"), line: 3, "account_number",
        "check_digits"),
    .init("hyphens", account("1001,40000001,BANCPEPL,04-001-123456"), line: 3, "account_number", "account_form"),
    .init(
        "form of another bank", account("1001,40000001,BCPLPEPL,04001123456"), line: 3, "account_number",
        "lost_zeros"),
    .init("formula in a territory", territory("08,=HYPERLINK(1),department,,"), line: 3, "name", "formula"),
    .init("territory twice", territory("07,Callao,department,,"), line: 3, "territory_code", "duplicate_territory"),
    .init("no parent", territory("0701,Callao,province,,"), line: 3, "parent_code", "missing"),
    .init("parent of a department", territory("08,Cusco,department,07,"), line: 3, "parent_code", "out_of_range"),
    .init("unknown parent", territory("0901,Huancavelica,province,09,"), line: 3, "parent_code", "unknown_territory"),
    .init("parent below", territory("0702,Otra,province,060101,"), line: 3, "parent_code", "unknown_territory"),
    .init("level", territory("0701,Callao,region,07,"), line: 3, "level", "unknown_word"),
    .init("rate above 100", territory("0701,Callao,province,07,100.01"), line: 3, "poverty_rate", "out_of_range"),
    .init("rate of three decimals", territory("0701,Callao,province,07,10.125"), line: 3, "poverty_rate", "fractional"),
    .init("negative rate", territory("0701,Callao,province,07,-1"), line: 3, "poverty_rate", "negative"),
    .init("garbled rate", territory("0701,Callao,province,07,4O.5"), line: 3, "poverty_rate", "not_a_number"),
    .init(
        "Latin-1",
        bytes: Array((memberHeader + "7,1001,Mu").utf8) + [0xF1] + Array("oz,P,F,1990-01-01,head,false\n".utf8),
        line: 2, "given_names", "encoding"),
]

private let badFiles: [BadInput] = [
    .init("empty", "", line: 1, "", "empty_file"),
    .init("only a header", householdHeader, line: 1, "", "empty_file"),
    .init("only line feeds", "\n\n\n", line: 1, "", "empty_file"),
    .init("missing column", "household_id,territory_code,poverty_class\n", line: 1, "residence_since", "header"),
    .init("renamed column", householdHeader.replacing("poverty", with: "income"), line: 1, "poverty_class", "header"),
    .init("other order", "territory_code,household_id,poverty_class,residence_since\n", line: 1, "", "header"),
    .init("other kind", "person_id,facility_code,kind,checked_on\n1,2,growth,2024-01-01\n", line: 1, "", "wrong_kind"),
    .init("no header", "6,060101,poor,2020-01-01\n", line: 1, "", "wrong_kind"),
    .init("PDF", "%PDF-1.7\n%âãÏÓ\n", line: 1, "", "wrong_kind"),
    .init(
        "UTF-16", bytes: [0xFF, 0xFE] + Array(householdHeader.utf16).flatMap { [UInt8($0), 0] }, line: 1, "",
        "encoding"),
    .init("workbook", bytes: [0x50, 0x4B, 3, 4, 20, 0, 6, 0], line: 1, "", "wrong_kind"),
    .init("old workbook", bytes: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1], line: 1, "", "wrong_kind"),
    .init("semicolons", householdHeader.replacing(",", with: ";"), line: 1, "", "wrong_kind"),
    .init("tabs", householdHeader.replacing(",", with: "\t"), line: 1, "", "wrong_kind"),
    .init(
        "UTF-16 without a mark", bytes: Array(householdHeader.utf16).flatMap { [UInt8($0), 0] }, line: 1, "",
        "encoding"),
    .init(
        "ten thousand bad rows", householdHeader + String(repeating: "a\n", count: 10_500), line: 10_002, "",
        "too_many_refused"),
    .init("quote never closed", household("6,\"060101,poor,2020-01-01"), line: 3, "", "malformed_csv"),
]

@Test func everyBadRowIsNamedByLineFieldAndReason() async throws {
    try await withImportBench { bench in
        _ = try await bench.run(SmallRegistry.all)
        let before = try await bench.operators.queryOne(RegistryDigest())
        for input in badRows {
            let (result, rejects) = try await bench.run(bytes: [input.file])
            #expect(!result.applied, "\(input.what)")
            let said = rejects.map { "\($0.line) \($0.field) \($0.reason)" }
            #expect(said == ["\(input.line) \(input.field) \(input.reason)"], "\(input.what)")
            #expect(rejects.allSatisfy { !$0.message.isEmpty && !$0.message.contains("{}") }, "\(input.what)")
            let rows = try await bench.operators.texts(
                of: """
                    SELECT message FROM intake.reject_v1
                    WHERE import_id = '\(result.importId)' AND (message LIKE '%{}%' OR message = '')
                    """)
            #expect(rows == [], "\(input.what)")
            #expect(result.files.map(\.rejected) == [1], "\(input.what)")
        }
        #expect(try await bench.operators.queryOne(RegistryDigest()) == before)
    }
}

@Test func aFileThatCannotBeReadAppliesNothingEvenWhenGoodRowsAreKept() async throws {
    try await withImportBench { bench in
        _ = try await bench.run(SmallRegistry.all)
        let before = try await bench.operators.queryOne(RegistryDigest())
        let good = Array("territory_code,name,level,parent_code,poverty_rate\n07,Callao,department,,\n".utf8)
        for input in badFiles {
            let (result, rejects) = try await bench.run(bytes: [good, input.file], .keepGood)
            #expect(!result.applied, "\(input.what)")
            #expect(rejects.count <= 10_001, "\(input.what)")
            let said = rejects.suffix(1).map { "\($0.line) \($0.field) \($0.reason)" }
            #expect(said == ["\(input.line) \(input.field) \(input.reason)"], "\(input.what)")
            #expect(result.files.map(\.unreadable) == [false, true], "\(input.what)")
        }
        #expect(try await bench.operators.queryOne(RegistryDigest()) == before)
    }
}

@Test func noMessageRepeatsWhatTheFileSays() async throws {
    try await withImportBench { bench in
        _ = try await bench.run(SmallRegistry.all)
        let secret = "Zósimo"
        let files = [
            member("8,1001,\(secret),\(secret),\(secret),\(secret),\(secret),\(secret)"),
            household("\(secret),\(secret),\(secret),\(secret)"), account("\(secret),\(secret),\(secret),\(secret)"),
            "\(secret),\(secret)\n\(secret),\(secret)\n",
        ]
        for file in files {
            let (_, rejects) = try await bench.run([file])
            #expect(!rejects.isEmpty)
            #expect(!rejects.contains { "\($0)".contains(secret) })
        }
    }
}
