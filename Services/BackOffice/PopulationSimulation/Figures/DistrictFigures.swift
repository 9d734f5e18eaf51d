extension PopulationFigures {
    /// The figures of public files by district, as they are published.
    ///
    /// A code without its leading zero gets it back. A district that the catalogue lacks is kept, below the province of its
    /// code's first four digits. Blank counts are no data and stand for no household.
    static func districts(sizes: String, territories: String) throws -> PopulationFigures {
        var figures = PopulationFigures()
        let catalogue = try figures.readCatalogue(territories)
        var seen: Set<String> = []
        var decimals = 0
        let columns = ["ubigeo", "juntos_afiliados", "juntos_abonados", "haku_winay_ejecucion"]
        try FigureTable.read(sizes, required: columns) { row in
            let written = row.text("ubigeo")
            guard 5...6 ~= written.utf8.count, written.utf8.allSatisfy({ 48...57 ~= $0 }) else {
                throw PopulationError.wrongRow(
                    file: sizes, line: row.line, column: "ubigeo", reason: "expected six digits")
            }
            let code = written.utf8.count == 5 ? "0" + written : written
            guard seen.insert(code).inserted else {
                throw PopulationError.wrongRow(
                    file: sizes, line: row.line, column: "ubigeo", reason: "\(code) is there twice")
            }
            if code != written {
                figures.find(.leadingZeroLost, code, row.line, "\(written) must be \(code)")
            }
            if columns.dropFirst().contains(where: { row.text($0).contains(".") }) { decimals += 1 }
            let affiliated = try row.count("juntos_afiliados")
            if affiliated == nil { figures.find(.noData, code, row.line, "no number of affiliated households") }
            if !catalogue.contains(code) {
                figures.find(.notInCatalogue, code, row.line, "\(affiliated ?? 0) affiliated households")
                figures.territories.append(
                    Territory(
                        code: code, name: code, level: "district", parent: String(code.prefix(4)),
                        povertyHundredths: nil))
            }
            let area = AreaFigures(
                code: code, affiliated: affiliated ?? 0, paid: try row.count("juntos_abonados") ?? 0,
                hakuWinay: try row.count("haku_winay_ejecucion") ?? 0)
            figures.add(area, line: row.line)
        }
        if decimals > 0 {
            figures.find(.decimalCount, "", 0, "\(decimals) rows write whole numbers as decimals, such as 96.0")
        }
        for code in catalogue.subtracting(seen).sorted() {
            figures.find(.noFigures, code, 0, "the catalogue has this district, the figures do not")
        }
        figures.completeParents()
        figures.territories.sort { ($0.code.utf8.count, $0.code) < ($1.code.utf8.count, $1.code) }
        figures.areas.sort { $0.code < $1.code }
        return figures
    }

    private mutating func find(_ kind: Finding.Kind, _ territory: String, _ line: Int, _ detail: String) {
        findings.append(Finding(kind: kind, territory: territory, line: line, detail: detail))
    }

    /// Reads the catalogue's districts with the provinces and departments above them; returns the districts' codes.
    private mutating func readCatalogue(_ file: String) throws -> Set<String> {
        var codes: Set<String> = []
        var above: Set<String> = []
        var found: [Finding] = []
        var rows: [Territory] = []
        let columns = ["inei", "departamento", "provincia", "distrito", "pct_pobreza_total"]
        try FigureTable.read(file, required: columns) { row in
            let code = row.text("inei")
            // Units that INEI has not coded yet say NA.
            guard code.utf8.count == 6, code.utf8.allSatisfy({ 48...57 ~= $0 }) else { return }
            codes.insert(code)
            if row.fields.contains(where: { $0.contains("\n") }) {
                found.append(
                    Finding(
                        kind: .lineBreakInField, territory: code, line: row.line, detail: "a field holds a line break"))
            }
            let poverty = Self.hundredths(row.text("pct_pobreza_total"))
            if poverty == nil {
                found.append(
                    Finding(kind: .noPovertyRate, territory: code, line: row.line, detail: "no poverty rate"))
            }
            let (department, province) = (String(code.prefix(2)), String(code.prefix(4)))
            if above.insert(department).inserted {
                rows.append(
                    Territory(
                        code: department, name: PeruDepartments.name(of: department), level: "department", parent: "",
                        povertyHundredths: nil))
            }
            if above.insert(province).inserted {
                rows.append(
                    Territory(
                        code: province, name: Self.oneLine(row.text("provincia")), level: "province",
                        parent: department, povertyHundredths: nil))
            }
            rows.append(
                Territory(
                    code: code, name: Self.oneLine(row.text("distrito")), level: "district", parent: province,
                    povertyHundredths: poverty))
        }
        territories = rows
        findings = found
        return codes
    }

    /// Adds provinces and departments that only districts outside the catalogue name.
    private mutating func completeParents() {
        var codes = Set(territories.map(\.code))
        for district in territories where district.level == "district" {
            for (length, level) in [(2, "department"), (4, "province")] {
                let code = String(district.code.prefix(length))
                guard codes.insert(code).inserted else { continue }
                territories.append(
                    Territory(
                        code: code, name: length == 2 ? PeruDepartments.name(of: code) : code, level: level,
                        parent: length == 2 ? "" : String(code.prefix(2)), povertyHundredths: nil))
            }
        }
    }

    private static func oneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Hundredths of a percent, rounded to the nearest, of `9.034625`; nil for anything else.
    static func hundredths(_ text: String) -> Int? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { 48...57 ~= $0 } }),
            let whole = Int(parts[0]), let decimals = Int(((parts.count == 2 ? parts[1] : "") + "000").prefix(3))
        else { return nil }
        let rounded = whole * 100 + (decimals + 5) / 10
        return rounded <= 10_000 ? rounded : nil
    }
}
