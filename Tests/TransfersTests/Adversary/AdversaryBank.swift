import Foundation
import ISO20022
import TestSupport
import Vocabulary

/// A bank with books of its own: it pays what the files in the outbox tell it, rejects and sends back as it pleases, and
/// writes messages about it. It knows nothing of the service's tables, so its books judge them.
///
/// It takes every file whose MsgId it has not seen, without asking whether a payment of the same EndToEndId was made
/// before: not to pay twice is the payer's business.
struct AdversaryBank {
    /// What became of one instruction.
    enum Fate: Hashable {
        case received, accepted, rejected, paid, returned
    }

    /// One instruction, and what became of it.
    struct Payment: Equatable {
        let file: String
        let endToEndID: String
        let uetr: UETR?
        let amount: Money
        var fate = Fate.received
        var booking = ""

        /// The part of the EndToEndId that names cycle and household.
        var payee: String { endToEndID.split(separator: "-").prefix(2).joined(separator: "-") }
    }

    /// A message that was written and may be delivered any number of times.
    struct Message: Equatable {
        /// What is known of its delivery.
        enum Delivery {
            case never, unanswered, taken
            /// Taken by a database that had forgotten payments: it is delivered again once it knows them.
            case early
        }

        let id: String
        let text: String
        /// What it says of which payments.
        let says: [String: Fate]
        var delivery = Delivery.never
    }

    private(set) var payments: [Payment] = []
    var messages: [Message] = []
    /// Files that were taken up, by MsgId.
    private(set) var files: [String: PaymentInitiationReader.Block] = [:]
    private var numbers = 0

    /// Takes up the files that are new in the outbox.
    mutating func takeUp(_ outbox: String) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: outbox).sorted() where name.hasSuffix(".xml") {
            let reader = PaymentInitiationReader()
            var events: [PaymentInitiationReader.Event] = []
            try Data(contentsOf: URL(fileURLWithPath: "\(outbox)/\(name)")).withUnsafeBytes {
                try reader.feed($0, into: &events)
            }
            try reader.finish(into: &events)
            var file = PaymentInitiationReader.Block()
            for case .block(let block) in events { file = block }
            guard files[file.messageID] == nil else { continue }
            files[file.messageID] = file
            for case .transaction(let transfer) in events {
                payments.append(
                    Payment(
                        file: file.messageID, endToEndID: transfer.endToEndID, uetr: transfer.uetr,
                        amount: transfer.amount))
            }
        }
    }

    /// Whether the bank has taken up a file.
    func has(_ file: String) -> Bool { files[file] != nil }

    /// Decides about some instructions, and writes the messages that say so.
    mutating func work(_ generator: inout SeededGenerator, finishing: Bool = false) {
        var changed: [String: [Int]] = [:]
        for index in payments.indices where finishing || !generator.once(in: 3) {
            let before = payments[index].fate
            payments[index].fate = next(before, &generator, finishing)
            if payments[index].fate != before { changed[payments[index].file, default: []].append(index) }
        }
        for (file, indices) in changed.sorted(by: { $0.key < $1.key }) {
            let status = indices.filter { payments[$0].fate == .accepted || payments[$0].fate == .rejected }
            if !status.isEmpty { messages.append(statusReport(file, status.map { payments[$0] }, &generator)) }
            for (fate, direction) in [(Fate.paid, "DBIT"), (.returned, "CRDT")] {
                let booked = indices.filter { payments[$0].fate == fate }
                guard !booked.isEmpty else { continue }
                messages.append(notification(file, booked, direction))
            }
        }
    }

    private func next(_ fate: Fate, _ generator: inout SeededGenerator, _ finishing: Bool) -> Fate {
        let roll = Int.random(in: 0..<100, using: &generator)
        switch fate {
        case .received where finishing, .accepted where finishing: return .paid
        case .received: return roll < 55 ? .paid : roll < 75 ? .rejected : roll < 85 ? .accepted : .received
        case .accepted: return roll < 60 ? .paid : roll < 80 ? .rejected : .accepted
        case .paid: return !finishing && roll < 12 ? .returned : .paid
        case .rejected, .returned: return fate
        }
    }

    /// What each payee has received and kept, in minor units, and by how many payments.
    var kept: [String: (payments: Int, minor: Int64)] {
        var kept: [String: (payments: Int, minor: Int64)] = [:]
        for payment in payments where payment.fate == .paid {
            kept[payment.payee, default: (0, 0)].payments += 1
            kept[payment.payee, default: (0, 0)].minor += payment.amount.minorUnits
        }
        return kept
    }

    /// What the messages that were taken say of a payment; and with those whose delivery came to no answer.
    func told(_ endToEndID: String) -> (surely: Set<Fate>, perhaps: Set<Fate>) {
        let told = messages.filter { $0.delivery != .never && $0.says[endToEndID] != nil }
        return (
            Set(told.filter { $0.delivery == .taken }.compactMap { $0.says[endToEndID] }),
            Set(told.compactMap { $0.says[endToEndID] })
        )
    }

    // MARK: Messages

    private mutating func number() -> Int {
        numbers += 1
        return numbers
    }

    private mutating func statusReport(
        _ file: String, _ about: [Payment], _ generator: inout SeededGenerator
    ) -> Message {
        let id = "ST-\(number())"
        let lines = about.map { payment in
            let status = payment.fate == .rejected ? "RJCT" : "ACSP"
            let reason =
                payment.fate == .rejected
                ? "<StsRsnInf><Rsn><Cd>\(generator.pick(["AC04", "AC01", "MS03"]))</Cd></Rsn></StsRsnInf>" : ""
            return "<TxInfAndSts><OrgnlEndToEndId>\(payment.endToEndID)</OrgnlEndToEndId>"
                + "<TxSts>\(status)</TxSts>\(reason)</TxInfAndSts>"
        }
        return Message(
            id: id,
            text: """
                <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
                <GrpHdr><MsgId>\(id)</MsgId><CreDtTm>2024-09-05T12:00:00Z</CreDtTm></GrpHdr>
                <OrgnlGrpInfAndSts><OrgnlMsgId>\(file)</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>
                </OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><OrgnlPmtInfId>\(file)-1</OrgnlPmtInfId>
                \(lines.joined(separator: "\n"))</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>
                """, says: Dictionary(uniqueKeysWithValues: about.map { ($0.endToEndID, $0.fate) }))
    }

    private mutating func notification(_ file: String, _ booked: [Int], _ direction: String) -> Message {
        let id = "NT-\(number())"
        let day = files[file]?.executionDate ?? "2024-09-05"
        let account = files[file]?.debtorAccount ?? ""
        var entries = ""
        for index in booked {
            payments[index].booking = "B\(number())"
            let payment = payments[index]
            let sum = payment.amount
            let money = "<Amt Ccy=\"\(sum.currency.code)\">\(sum.number)</Amt><CdtDbtInd>\(direction)</CdtDbtInd>"
            entries += """
                <Ntry>\(money)<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>\(day)</Dt></BookgDt>\
                <AcctSvcrRef>\(payment.booking)</AcctSvcrRef><BkTxCd><Prtry><Cd>1</Cd></Prtry></BkTxCd>\
                <NtryDtls><TxDtls><Refs><EndToEndId>\(payment.endToEndID)</EndToEndId></Refs>\(money)\
                \(direction == "CRDT" ? "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>" : "")</TxDtls></NtryDtls></Ntry>\n
                """
        }
        return Message(
            id: id,
            text: """
                <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><BkToCstmrDbtCdtNtfctn>
                <GrpHdr><MsgId>\(id)</MsgId><CreDtTm>\(day)T18:00:00Z</CreDtTm></GrpHdr>
                <Ntfctn><Id>\(id)</Id><Acct><Id><Othr><Id>\(account)</Id></Othr></Id></Acct>
                \(entries)</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>
                """, says: Dictionary(uniqueKeysWithValues: booked.map { (payments[$0].endToEndID, payments[$0].fate) })
        )
    }

    /// A message as a broken connection or a clumsy hand leaves it: never a right one of the same identifier.
    static func mutilated(_ text: String, _ generator: inout SeededGenerator) -> String {
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: return String(text.prefix(text.count * Int.random(in: 1...9, using: &generator) / 10))
        case 1: return text.replacingOccurrences(of: "</Document>", with: "")
        case 2: return text.replacingOccurrences(of: "urn:iso:std:iso:20022", with: "urn:iso:std:iso:20021")
        default: return "sep=;\n" + text
        }
    }
}
