import Contracts
import Foundation
import Postgres
import Tabular

extension ImportOptions {
    static let changed = CommandOption<String>.text(
        "changed", "FILE",
        Text(
            "Writes the accounts that were replaced here, masked; a new file",
            es: "Escribe aquí las cuentas que se reemplazaron, enmascaradas; un archivo nuevo"))
    static let acceptChanges = CommandOption<String>.text(
        "accept-changes", "REASON",
        Text(
            "Why it is right that this import replaces so many accounts; kept with your name",
            es: "Por qué es correcto que esta importación reemplace tantas cuentas; queda con su nombre"))
}

/// The accounts that an import replaced: households and masked numbers, never names.
struct AccountChanges {
    private static let shown = 10

    private let desk: Desk
    private let path: String?

    /// Checks that the file after `--changed` is a new one, before anything is sent.
    init(_ desk: Desk) throws(Failure) {
        self.desk = desk
        path = desk.invocation[ImportOptions.changed]
        if let path, (try? FileManager.default.attributesOfItem(atPath: path)) != nil {
            throw Failure(
                Text("is there already", es: "ya existe"), at: path,
                remedy: Text("name a new file after --changed", es: "nombre un archivo nuevo después de --changed"))
        }
    }

    /// Shows what an import replaced, and writes all of it where that was asked for.
    func report(_ result: CommonV1.ImportResult) async throws {
        guard result.applied, let importID = UUID(uuidString: result.importId) else { return }
        let count = result.files.reduce(0) { $0 + ($1.kind == "accounts" ? $1.changed : 0) }
        if let path {
            let rows = try await write(changesOf: importID, to: path)
            desk.terminal.notice(
                Text(
                    "\(Figures.count(rows)) replaced accounts written to \(path)",
                    es: "\(Figures.count(rows)) cuentas reemplazadas escritas en \(path)"))
        }
        guard count > 0 else { return }
        let first = try await desk.pool.query(PageOfAccountChanges(importID: importID, after: 0, limit: Self.shown))
        desk.terminal.notice(
            Text(
                "replaced accounts: \(Figures.count(count)); whoever approves the next payment sees them",
                es: "cuentas reemplazadas: \(Figures.count(count)); quien apruebe el próximo pago las ve"))
        var table = Table(Self.columns.map { $0(desk.language) }, numeric: [0])
        for change in first { table.add(change.cells(desk.language)) }
        table.lines().forEach { desk.terminal.notice("  " + $0) }
        if count > Int64(first.count), path == nil {
            desk.terminal.notice(
                Text(
                    "  … and \(Figures.count(count - Int64(first.count))) more; --changed FILE writes them all",
                    es: "  … y \(Figures.count(count - Int64(first.count))) más; --changed ARCHIVO las escribe todas"))
        }
    }

    private static let columns = [
        Text("household", es: "hogar"), Text("from", es: "de"), Text("to", es: "a"), Text("holder", es: "titular"),
    ]

    private func write(changesOf importID: UUID, to path: String) async throws -> Int64 {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else {
            throw Failure(Text("cannot be written", es: "no se puede escribir"), at: path)
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var writer = CSVWriter { try handle.write(contentsOf: Data($0)) }
        try writer.row([
            "household_id", "from_bank_bic", "from_account", "to_bank_bic", "to_account", "holder_changed",
            "changed_by",
        ])
        var rows: Int64 = 0
        var after: Int64 = 0
        while true {
            let page = try await desk.pool.query(PageOfAccountChanges(importID: importID, after: after, limit: 5_000))
            for change in page {
                writer.add(change.household)
                for text in [change.fromBank, change.fromAccount, change.toBank, change.toAccount] { writer.add(text) }
                writer.add(change.holderChanged ? "true" : "false")
                writer.add(change.changedBy)
                try writer.endRow()
            }
            rows += Int64(page.count)
            guard let last = page.last else { break }
            after = last.household
        }
        try writer.flush()
        try handle.close()
        return rows
    }
}

/// One replaced account.
private struct AccountChange {
    let household: Int64
    let fromBank: String
    let fromAccount: String
    let toBank: String
    let toAccount: String
    let holderChanged: Bool
    let changedBy: String

    func cells(_ language: Language) -> [String] {
        let holder = holderChanged ? Text("another", es: "otro") : Text("the same", es: "el mismo")
        return [String(household), "\(fromBank) \(fromAccount)", "\(toBank) \(toAccount)", holder(language)]
    }
}

private struct PageOfAccountChanges: Statement {
    let importID: UUID
    let after: Int64
    let limit: Int

    static let sql = """
        SELECT household_id, from_bank_bic, from_account, to_bank_bic, to_account, holder_changed, changed_by
        FROM coordination.account_change_v1 WHERE import_id = $1 AND household_id > $2
        ORDER BY household_id LIMIT $3
        """

    func bind(into parameters: inout Parameters) {
        parameters.add(importID)
        parameters.add(after)
        parameters.add(Int64(limit))
    }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> AccountChange {
        AccountChange(
            household: try row.int64(0), fromBank: try row.string(1), fromAccount: try row.string(2),
            toBank: try row.string(3), toAccount: try row.string(4), holderChanged: try row.bool(5),
            changedBy: try row.string(6))
    }
}
