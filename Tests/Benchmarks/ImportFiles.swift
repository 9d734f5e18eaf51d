import Foundation
import Glibc
import Tabular

/// A made-up registry of a given size, and two months of evidence about it, as CSV files, the same at every run.
struct ImportFiles {
    /// A file and the rows below its header.
    struct File {
        let name: String
        let path: String
        let rows: Int
    }

    let directory: String
    private var files: [File] = []

    /// Territories, households, members and accounts.
    var registry: [File] { Array(files.prefix(4)) }
    /// School attendance and health checks.
    var evidence: [File] { Array(files.dropFirst(4)) }

    /// Writes the files below `directory`.
    init(households: Int, directory: String) throws {
        self.directory = directory
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try write("territories", "territory_code,name,level,parent_code,poverty_rate") { writer in
            for department in 10..<35 {
                try writer.row(["\(department)", "Departamento \(department)", "department", "", "41.25"])
                try writer.row(["\(department)01", "Provincia", "province", "\(department)", ""])
                for district in 10..<85 {
                    try writer.row(["\(department)01\(district)", "Distrito Ñ", "district", "\(department)01", "55.5"])
                }
            }
            return 25 * 77
        }
        var random = Sequence()
        try write("households", "household_id,territory_code,poverty_class,residence_since") { writer in
            for household in 0..<households {
                writer.add(Self.householdId(household))
                writer.add("\(10 + Int(random.next() % 25))01\(10 + Int(random.next() % 75))")
                writer.add(random.next() % 2 == 0 ? "extreme_poor" : "poor")
                writer.add(Self.date(2005 + Int(random.next() % 18), random.next()))
                try writer.endRow()
            }
            return households
        }
        let header = "person_id,household_id,given_names,surnames,sex,birth_date,relationship,pregnant"
        try write("members", header) { writer in
            var person = 0
            for household in 0..<households {
                for position in 0..<Self.size(household) {
                    writer.add(Self.personId(person))
                    writer.add(Self.householdId(household))
                    writer.add(Self.givenNames[Int(random.next() % 8)])
                    writer.add(Self.surnames[Int(random.next() % 8)])
                    writer.add(position % 2 == 0 ? "F" : "M")
                    writer.add(Self.date(position == 0 ? 1985 : 2008 + Int(random.next() % 15), random.next()))
                    writer.add(position == 0 ? "head" : "child")
                    writer.add("false")
                    try writer.endRow()
                    person += 1
                }
            }
            return person
        }
        try write("accounts", "household_id,holder_person_id,bank_bic,account_number") { writer in
            var person = 0
            for household in 0..<households {
                writer.add(Self.householdId(household))
                writer.add(Self.personId(person))
                writer.add("BANPPEPL")
                writer.add("04\(100_000_000 + household)")
                try writer.endRow()
                person += Self.size(household)
            }
            return households
        }
        try writeEvidence(households, &random)
    }

    /// Two months of attendance of each child, and a growth check of every third one.
    private mutating func writeEvidence(_ households: Int, _ random: inout Sequence) throws {
        let persons = Self.persons(of: households)
        var numbers = random
        try write("school_attendance", "person_id,school_code,level,month,school_days,days_attended") { writer in
            for person in 0..<persons where person % 4 != 0 {
                for month in ["2024-07", "2024-08"] {
                    writer.add(Self.personId(person))
                    writer.add(1_000_000 + person / 60)
                    writer.add(person % 2 == 0 ? "primary" : "secondary")
                    writer.add(month)
                    writer.add(21)
                    writer.add(15 + Int(numbers.next() % 7))
                    try writer.endRow()
                }
            }
            return (persons - (persons + 3) / 4) * 2
        }
        try write("health_checks", "person_id,facility_code,kind,checked_on") { writer in
            for person in stride(from: 0, to: persons, by: 4) {
                writer.add(Self.personId(person))
                writer.add(5000 + person / 900)
                writer.add("growth")
                writer.add(Self.date(2024, 6 + 192 * (numbers.next() % 1000)))
                try writer.endRow()
            }
            return (persons + 3) / 4
        }
    }

    private static func persons(of households: Int) -> Int {
        (0..<households).reduce(0) { $0 + size($1) }
    }

    private static let givenNames = [
        "Rosa María", "Luis", "Ana", "Juan Carlos", "Elena", "Tomás", "Zoila Flor", "Víctor Raúl",
    ]
    private static let surnames = [
        "Quispe Mamani", "Huamán Rojas", "Flores Ñaupari", "Díaz Vargas", "Condori Choque", "Rojas Cárdenas",
        "Sánchez Vera", "Ramos Yupanqui",
    ]

    /// 3.88 members to a household, as Juntos has.
    private static func size(_ household: Int) -> Int { [3, 4, 4, 5, 4, 3, 4, 4][household % 8] }

    private static func householdId(_ household: Int) -> Int { 1_000_000 + household * 7 }

    /// National numbers do not come in order: neighbouring rows land far apart in the index.
    private static func personId(_ person: Int) -> Int { 10_000_000 + person * 48_271 % 89_999_999 }

    private static func date(_ year: Int, _ random: UInt64) -> String {
        let month = 1 + Int(random % 12)
        let day = 1 + Int(random / 16 % 28)
        return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }

    private mutating func write(_ name: String, _ header: String, _ rows: (inout CSVWriter) throws -> Int) throws {
        let path = "\(directory)/\(name).csv"
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        var writer = CSVWriter(flushingAt: 1 << 20) { try handle.write(contentsOf: $0) }
        try writer.row(header.split(separator: ",").map(String.init))
        let count = try rows(&writer)
        try writer.flush()
        try handle.close()
        files.append(File(name: name, path: path, rows: count))
    }

    /// Numbers that look random and are the same at every run (SplitMix64).
    private struct Sequence {
        private var state: UInt64 = 20_240_831

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var value = state
            value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
            return (value ^ (value >> 31)) >> 16
        }
    }
}
