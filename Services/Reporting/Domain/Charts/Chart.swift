/// One thing that a chart shows in several rows, with its colour `s1` … `s4` of the page's style.
struct Series: Sendable {
    let name: String
    let style: String
}

/// A row of a chart.
struct ChartRow: Sendable {
    let label: String
    let values: [Int64]
}

/// Horizontal bars, as SVG. Coordinates are whole tenths of a unit, so the same figures give the same bytes.
struct BarChart: Sendable {
    /// How a row's values lie.
    enum Arrangement: Sendable {
        /// One bar above the other, on one scale for all rows.
        case grouped
        /// One after the other, each row filling the whole width: shares.
        case shares
    }

    /// Unique on the page.
    let id: String
    let title: String
    let description: String
    let arrangement: Arrangement
    let series: [Series]
    let rows: [ChartRow]
    /// The text at the end of a bar; in shares, at the end of the row.
    let label: @Sendable (ChartRow, Int) -> String

    private static let labelWidth = 170
    private static let plotWidth = 390
    private static let width = 680
    private var barHeight: Int { arrangement == .grouped && series.count > 1 ? 10 : 16 }
    private var rowHeight: Int {
        switch arrangement {
        case .grouped: barHeight * series.count + 10
        case .shares: barHeight + 10
        }
    }

    /// The drawing.
    var svg: String {
        let height = rows.count * rowHeight + 10
        var svg = """
            <svg viewBox="0 0 \(Self.width) \(height)" role="img" aria-labelledby="\(id)-title \(id)-desc">
            <title id="\(id)-title">\(escaped(title))</title>
            <desc id="\(id)-desc">\(escaped(description))</desc>

            """
        let largest = max(1, rows.flatMap(\.values).max() ?? 1)
        for (index, row) in rows.enumerated() {
            let top = index * rowHeight + 5
            svg += """
                <text class="name" x="\(Self.labelWidth - 8)" y="\(top + rowHeight / 2 - 1)">\(escaped(row.label))</text>

                """
            switch arrangement {
            case .grouped: svg += grouped(row, top, largest)
            case .shares: svg += shares(row, top)
            }
        }
        return svg + "</svg>\n"
    }

    /// What the colours mean; for a single series the title says it.
    var legend: String {
        guard series.count > 1 else { return "" }
        let items = series.map { #"<li><span class="key \#($0.style)"></span>\#(escaped($0.name))</li>"# }
        return "<ul class=\"legend\">\(items.joined())</ul>\n"
    }

    private func grouped(_ row: ChartRow, _ top: Int, _ largest: Int64) -> String {
        var svg = ""
        for (index, value) in row.values.enumerated() {
            let y = top + index * barHeight
            let length = Self.tenths(value, of: largest)
            svg += """
                <rect class="\(series[index].style)" x="\(Self.labelWidth)" y="\(y)" width="\(Self.decimal(length))" \
                height="\(barHeight - 2)"/>\
                <text class="value" x="\(Self.decimal(Self.labelWidth * 10 + length + 50))" \
                y="\(y + barHeight - 3)">\(escaped(label(row, index)))</text>

                """
        }
        return svg
    }

    private func shares(_ row: ChartRow, _ top: Int) -> String {
        let whole = row.values.reduce(0, +)
        var svg = ""
        var sum: Int64 = 0
        for (index, value) in row.values.enumerated() where value > 0 {
            // From running sums, so that the segments meet without gaps.
            let start = Self.tenths(sum, of: whole)
            sum += value
            let end = Self.tenths(sum, of: whole)
            svg += """
                <rect class="\(series[index].style)" x="\(Self.decimal(Self.labelWidth * 10 + start))" y="\(top)" \
                width="\(Self.decimal(end - start))" height="\(barHeight)"/>

                """
        }
        return svg + """
            <text class="value" x="\(Self.labelWidth + Self.plotWidth + 5)" \
            y="\(top + barHeight - 3)">\(escaped(label(row, 0)))</text>

            """
    }

    /// A length in tenths of a unit.
    private static func tenths(_ value: Int64, of largest: Int64) -> Int {
        guard value > 0, largest > 0 else { return 0 }
        return Int(largest.dividingFullWidth(value.multipliedFullWidth(by: Int64(plotWidth * 10))).quotient)
    }

    private static func decimal(_ tenths: Int) -> String {
        "\(tenths / 10).\(tenths % 10)"
    }
}
