/// A table whose first column names its rows and whose last row, if any, sums them.
struct HTMLTable: Sendable {
    let caption: String
    let columns: [String]
    let rows: [[String]]
    let total: [String]?

    var html: String {
        var html = "<div class=\"scroll\"><table>\n<caption>\(escaped(caption))</caption>\n<thead><tr>"
        for column in columns { html += "<th scope=\"col\">\(escaped(column))</th>" }
        html += "</tr></thead>\n<tbody>\n"
        for row in rows { html += Self.row(row) }
        html += "</tbody>\n"
        if let total { html += "<tfoot>\n\(Self.row(total))</tfoot>\n" }
        return html + "</table></div>\n"
    }

    private static func row(_ cells: [String]) -> String {
        var html = "<tr>"
        for (index, cell) in cells.enumerated() {
            html += index == 0 ? "<th scope=\"row\">\(escaped(cell))</th>" : "<td>\(escaped(cell))</td>"
        }
        return html + "</tr>\n"
    }
}

/// A chart with its table beside it.
struct ChartSection: Sendable {
    let heading: String
    let explanation: String
    let chart: BarChart
    let table: HTMLTable

    var html: String {
        """
        <section>
        <h2>\(escaped(heading))</h2>
        <p class="soft">\(escaped(explanation))</p>
        <div class="pair">
        <figure>
        \(chart.legend)\(chart.svg)</figure>
        \(table.html)</div>
        </section>

        """
    }
}
