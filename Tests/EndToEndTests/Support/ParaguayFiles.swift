import Foundation

/// The files of a small ministry of Paraguay: a mother and a child of school age in each household, in two departments.
struct ParaguayFiles {
    let households: Int

    /// What keeps households from being paid, by the number's remainder by ten; all others are paid.
    private enum Case: Int {
        case childMissesSchool = 3
        case noReportOfTheSchool = 6
        case notPoor = 9
    }

    /// How many households are to be paid.
    var paid: Int64 { Int64((1...households).count { Case(rawValue: $0 % 10) == nil }) }

    /// Writes every file that a cycle takes.
    func write(to directory: String) throws {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        for (name, rows) in files {
            try (rows.joined(separator: "\n") + "\n").write(
                toFile: "\(directory)/\(name).csv", atomically: true, encoding: .utf8)
        }
    }

    private var files: [String: [String]] {
        let all = Array(1...households)
        return [
            "territories": [
                "territory_code,name,level,parent_code,poverty_rate", "01,Concepción,department,,40.5",
                "11,Central,department,,20.0", "0101,Concepción,district,01,41.0", "1101,Areguá,district,11,22.5",
            ],
            "households": ["household_id,territory_code,poverty_class,residence_since"]
                + all.map { "\(7_000 + $0),\(place($0))01,\(povertyClass($0)),2015-01-01" },
            "members": ["person_id,household_id,given_names,surnames,sex,birth_date,relationship,pregnant"]
                + all.flatMap {
                    [
                        "\(mother($0)),\(7_000 + $0),Ña Ramona,Giménez Benítez,F,1985-03-04,head,false",
                        "\(child($0)),\(7_000 + $0),José,Giménez,M,2014-05-06,child,false",
                    ]
                },
            "accounts": ["household_id,holder_person_id,bank_bic,account_number"]
                + all.map { "\(7_000 + $0),\(mother($0)),BNFAPYPA,\(account($0))" },
            "school_attendance": ["person_id,school_code,level,month,school_days,days_attended"]
                + all.filter { Case(rawValue: $0 % 10) != .noReportOfTheSchool }.flatMap { household in
                    let attended = Case(rawValue: household % 10) == .childMissesSchool ? 10 : 19
                    return ["2024-07", "2024-08"].map { "\(child(household)),1001,primary,\($0),20,\(attended)" }
                },
            "health_checks": ["person_id,facility_code,kind,checked_on", "\(child(1)),2001,growth,2024-07-10"],
            "budget": [
                "line,fiscal_year,fund,ministry,programme,territory_code,currency,appropriation,scheme",
                "2024-10-001-01,2024,10,INVENTADO,programa_inventado,01,PYG,1000000,paraguay",
                "2024-10-001-11,2024,10,INVENTADO,programa_inventado,11,PYG,1000000,paraguay",
            ],
            "bank_closed_accounts": ["account_number", account(1)],
        ]
    }

    private func place(_ household: Int) -> String { household % 2 == 0 ? "01" : "11" }
    private func povertyClass(_ household: Int) -> String {
        if Case(rawValue: household % 10) == .notPoor { return "non_poor" }
        return household % 3 == 0 ? "extreme_poor" : "poor"
    }
    private func mother(_ household: Int) -> Int { 70_000 + household * 10 }
    private func child(_ household: Int) -> Int { mother(household) + 1 }
    private func account(_ household: Int) -> String { "000\(7_000_000 + household)" }
}
