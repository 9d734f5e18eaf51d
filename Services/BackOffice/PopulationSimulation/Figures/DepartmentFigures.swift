extension PopulationFigures {
    /// The departments' figures that the program carries.
    static var embedded: PopulationFigures {
        var figures = PopulationFigures()
        for row in PeruDepartments.rows {
            figures.add(
                department: row.code, name: row.name, affiliated: row.affiliated, paid: row.paid,
                hakuWinay: row.hakuWinay, line: 0)
        }
        return figures
    }

    /// The figures of a file by department.
    static func departments(file: String) throws -> PopulationFigures {
        let columns = ["department_code", "name", "juntos_affiliated", "juntos_paid", "haku_winay_in_execution"]
        var figures = PopulationFigures()
        try FigureTable.read(file, required: columns) { row in
            let code = row.text("department_code")
            guard code.utf8.count == 2, code.utf8.allSatisfy({ 48...57 ~= $0 }),
                !figures.areas.contains(where: { $0.code == code })
            else {
                throw PopulationError.wrongRow(
                    file: file, line: row.line, column: "department_code", reason: "expected two digits, each code once"
                )
            }
            figures.add(
                department: code, name: row.text("name"), affiliated: try row.count("juntos_affiliated") ?? 0,
                paid: try row.count("juntos_paid") ?? 0, hakuWinay: try row.count("haku_winay_in_execution") ?? 0,
                line: row.line)
        }
        return figures
    }

    /// Departments carry no poverty rate: the programme's rule speaks of districts, and an unknown rate qualifies.
    private mutating func add(
        department code: String, name: String, affiliated: Int, paid: Int, hakuWinay: Int, line: Int
    ) {
        territories.append(Territory(code: code, name: name, level: "department", parent: "", povertyHundredths: nil))
        add(AreaFigures(code: code, affiliated: affiliated, paid: paid, hakuWinay: hakuWinay), line: line)
    }

    /// Adds an area, and says where its figures contradict one another.
    mutating func add(_ area: AreaFigures, line: Int) {
        areas.append(area)
        if area.paid > area.affiliated {
            findings.append(
                Finding(
                    kind: .morePaidThanAffiliated, territory: area.code, line: line,
                    detail: "\(area.paid) households paid, \(area.affiliated) affiliated"))
        }
        if area.hakuWinay > area.affiliated {
            findings.append(
                Finding(
                    kind: .moreHakuWinayThanJuntos, territory: area.code, line: line,
                    detail: "\(area.hakuWinay) households in Haku Wiñay, \(area.affiliated) affiliated with Juntos"))
        }
    }
}
