import Contracts
import CoordinationDomain
import Postgres

/// Writes what was decided of a batch: the only way to the ledger's journal, balances and holds.
struct ApplyBatch: Statement {
    static let sql = """
        SELECT coordination.ledger_apply(
            $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
        """

    let actor: String
    let callId: Int64?
    let batch: LedgerBatch
    let state: LedgerState
    let judgement: LedgerJudgement

    func bind(into parameters: inout Parameters) {
        let (postings, moves) = (batch.postings, judgement.moves)
        func texts(_ column: KeyPath<CoordinationV1.Posting, String>) -> [String] {
            moves.map { postings[Int($0.posting)][keyPath: column] }
        }
        parameters.add(actor)
        parameters.add(callId)
        parameters.add(moves.contains(where: \.isSecond) ? moves.map(\.isSecond) : [])
        parameters.add(moves.map { state.accounts.lineIds[Int($0.move.line)] })
        parameters.add(moves.map(\.amount))
        parameters.add(moves.map(\.businessDate))
        addDays(\.original, to: &parameters)
        addDays(\.expires, to: &parameters)
        parameters.add(moves.map { Int16(truncatingIfNeeded: postings[Int($0.posting)].kind.rawValue) })
        parameters.add(moves.map(\.move.from.rawValue))
        parameters.add(moves.map(\.move.to.rawValue))
        parameters.add(moves.map { postings[Int($0.posting)].postingId })
        parameters.add(moves.map { $0.move.document < 0 ? "" : state.documents[Int($0.move.document)] })
        addTexts(\.reverses, to: &parameters)
        addTexts(\.group, to: &parameters)
        addTexts(\.overrideReason, to: &parameters)
        addTexts(\.description, to: &parameters)
        parameters.add(judgement.remembered.map { postings[$0].postingId })
        parameters.add(judgement.remembered.map { refusal(of: $0) })
        parameters.add(judgement.opened.map { state.documents[$0] })
        parameters.add(batch.caller?.rawValue)
    }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.int64(0) }

    /// A column that no posting uses is sent empty.
    private func addTexts(_ column: KeyPath<CoordinationV1.Posting, String>, to parameters: inout Parameters) {
        let isUsed = judgement.moves.contains { !batch.postings[Int($0.posting)][keyPath: column].isEmpty }
        parameters.add(isUsed ? judgement.moves.map { batch.postings[Int($0.posting)][keyPath: column] } : [])
    }

    private func addDays(_ day: KeyPath<PostingDates, Int32?>, to parameters: inout Parameters) {
        let dates = batch.names.dates
        let isUsed = dates.contains { $0[keyPath: day] != nil }
        parameters.add(isUsed ? judgement.moves.map { dates[Int($0.posting)][keyPath: day] } : [Int32?]())
    }

    /// A refusal as the ledger remembers it, with what was asked for, so that the same identifier can be compared later.
    private func refusal(of index: Int) -> String {
        let (posting, answer) = (batch.postings[index], judgement.answers[index])
        let dates = batch.names.dates.isEmpty ? PostingDates() : batch.names.dates[index]
        var json = JSONWriter()
        json.beginObject()
        json.key("code" as StaticString)
        json.string(answer.code?.rawValue ?? "")
        json.key("shortfall" as StaticString)
        json.integer(answer.shortfall)
        json.key("content" as StaticString)
        json.beginObject()
        json.key("kind" as StaticString)
        json.integer(posting.kind.rawValue)
        json.key("amount" as StaticString)
        json.integer(posting.amountMinor)
        let texts: [(StaticString, String)] = [
            ("line", posting.line), ("currency", posting.currency), ("document", posting.document),
            ("stage", posting.stage), ("reverses", posting.reverses), ("description", posting.description),
            ("group", posting.group), ("target_line", posting.targetLine),
            ("source_document", posting.sourceDocument), ("override_reason", posting.overrideReason),
        ]
        for (name, text) in texts where !text.isEmpty {
            json.key(name)
            json.string(text)
        }
        let days: [(StaticString, Int32?)] = [
            ("business_date", dates.asked), ("original_date", dates.original), ("expires_on", dates.expires),
        ]
        for (name, day) in days {
            guard let day else { continue }
            json.key(name)
            json.integer(day)
        }
        json.endObject()
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }
}
