import Tabular

/// Recognises what a file is by its first record.
///
/// What the file says is never repeated: where the header is missing, the first record is somebody's data.
enum FileHeader {
    /// The layout among `accepted` that the header is, or what is wrong with it.
    static func recognise(_ header: [String], accepted: [FileLayout]) -> Result<FileLayout, RowFault> {
        if let exact = FileLayout.all.first(where: { $0.columns == header }) {
            if accepted.contains(exact) { return .success(exact) }
            return .failure(
                RowFault(
                    field: nil, .wrongKind,
                    "this is a file of \(exact.name); this import takes \(names(accepted))"))
        }
        let nearest = accepted.max { likeness($0, header) < likeness($1, header) }
        guard let nearest, likeness(nearest, header) * 2 >= nearest.columns.count else {
            let headers = accepted.map { "\($0.name): \($0.header)" }.joined(separator: "; ")
            return .failure(
                RowFault(
                    field: nil, .wrongKind, "the first line is no header of this import; expected one of \(headers)"))
        }
        return .failure(difference(from: nearest, header))
    }

    private static func names(_ layouts: [FileLayout]) -> String {
        layouts.map(\.name).joined(separator: ", ")
    }

    private static func likeness(_ layout: FileLayout, _ header: [String]) -> Int {
        layout.columns.count { header.contains($0) }
    }

    private static func difference(from layout: FileLayout, _ header: [String]) -> RowFault {
        if let missing = layout.columns.first(where: { !header.contains($0) }) {
            let position = (layout.columns.firstIndex(of: missing) ?? 0) + 1
            return RowFault(
                column: missing, .header,
                header.count < layout.columns.count
                    ? "column \(missing) is missing; expected for \(layout.name): \(layout.header)"
                    : "column \(position) is not called \(missing); expected for \(layout.name): \(layout.header)")
        }
        let surplus = header.count - layout.columns.count
        return RowFault(
            field: nil, .header,
            surplus > 0
                ? "\(surplus) columns too many; expected for \(layout.name): \(layout.header)"
                : "the columns stand in another order; expected for \(layout.name): \(layout.header)")
    }
}
