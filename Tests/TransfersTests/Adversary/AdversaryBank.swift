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
        /// What came back although the payment stands, in minor units.
        var back: Int64 = 0
        /// What the bank kept when it came back, in minor units.
        var charges: Int64 = 0
        /// Whether it is booked a second time, and that is not undone yet.
        var isBookedTwice = false

        /// The part of the EndToEndId that names cycle and household.
        var payee: String { endToEndID.split(separator: "-").prefix(2).joined(separator: "-") }
    }

    /// A message that was written and may be delivered any number of times.
    struct Message: Equatable {
        /// What is known of its delivery.
        enum Delivery {
            case never, unanswered, taken
            /// Taken, and something in it was odd, perhaps because it was not known yet: it is delivered again.
            case early
        }

        let id: String
        let text: String
        /// The payments that it names.
        let about: [String]
        /// What it says of which payments.
        let says: [String: Fate]
        /// What a person may take from it: nothing that the services believe by themselves.
        var suggests: [String: Set<Fate>] = [:]
        /// What it corrects or follows: banks tell that in order.
        var follows: [String] = []
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
        for index in payments.indices where payments[index].fate == .paid {
            if let odd = oddBooking(index, &generator, finishing) { messages.append(notification([odd])) }
        }
        var changed: [String: [Int]] = [:]
        for index in payments.indices where finishing || !generator.once(in: 3) {
            let before = payments[index].fate
            payments[index].fate = next(index, &generator, finishing)
            if payments[index].fate != before { changed[payments[index].file, default: []].append(index) }
        }
        for (file, indices) in changed.sorted(by: { $0.key < $1.key }) {
            let status = indices.filter { payments[$0].fate == .accepted || payments[$0].fate == .rejected }
            if !status.isEmpty { messages.append(statusReport(file, status.map { payments[$0] }, &generator)) }
        }
        // Bookings are told file by file, or all in one message.
        let together = generator.once(in: 3)
        let groups =
            together ? [changed.values.flatMap(\.self).sorted()] : changed.sorted { $0.key < $1.key }.map(\.value)
        for indices in groups {
            for (fate, direction) in [(Fate.paid, "DBIT"), (.returned, "CRDT")] {
                let booked = indices.filter { payments[$0].fate == fate }
                guard !booked.isEmpty else { continue }
                messages.append(
                    notification(
                        booked.map {
                            let back = payments[$0].back
                            let says = fate == .returned && back > 0 ? nil : fate
                            return Booking(
                                payment: $0, direction: direction, minor: payments[$0].amount.minorUnits - back,
                                says: says, suggests: says == nil ? [.paid, .returned] : nil)
                        }, fee: generator.once(in: 4)))
            }
        }
    }

    private func next(_ index: Int, _ generator: inout SeededGenerator, _ finishing: Bool) -> Fate {
        let roll = Int.random(in: 0..<100, using: &generator)
        let fate = payments[index].fate
        switch fate {
        case .received where finishing, .accepted where finishing: return .paid
        case .received: return roll < 55 ? .paid : roll < 75 ? .rejected : roll < 85 ? .accepted : .received
        case .accepted: return roll < 60 ? .paid : roll < 80 ? .rejected : .accepted
        // What is booked twice is put right before anything else is done about it.
        case .paid: return !finishing && roll < 12 && !payments[index].isBookedTwice ? .returned : .paid
        case .rejected, .returned: return fate
        }
    }

    /// A second booking of a payment, its correction, a part that comes back, or all of it less charges.
    private mutating func oddBooking(
        _ index: Int, _ generator: inout SeededGenerator, _ finishing: Bool
    ) -> Booking? {
        let payment = payments[index]
        let whole = payment.amount.minorUnits
        let reference = payment.endToEndID
        let roll = Int.random(in: 0..<100, using: &generator)
        if payment.isBookedTwice {
            guard finishing || roll < 30 else { return nil }
            payments[index].isBookedTwice = false
            return Booking(payment: index, direction: "CRDT", minor: whole, follows: messages(about: reference))
        }
        guard !finishing, payment.back == 0, whole > 100 else { return nil }
        switch roll {
        case 0..<2:
            payments[index].isBookedTwice = true
            return Booking(payment: index, direction: "DBIT", minor: whole, follows: messages(about: reference))
        case 2..<4:
            payments[index].back = Int64.random(in: 1..<(whole / 2), using: &generator)
            return Booking(
                payment: index, direction: "CRDT", minor: payments[index].back, suggests: [.paid],
                follows: messages(about: reference))
        case 4..<6:
            payments[index].fate = .returned
            payments[index].charges = Int64.random(in: 1..<(whole / 10), using: &generator)
            return Booking(
                payment: index, direction: "CRDT", minor: whole - payments[index].charges, hasCharges: true,
                suggests: [.paid, .returned], follows: messages(about: reference))
        default: return nil
        }
    }

    private func messages(about reference: String) -> [String] {
        messages.filter { $0.about.contains(reference) }.map(\.id)
    }

    /// What each payee has received and kept, in minor units, and by how many payments.
    var kept: [String: (payments: Int, minor: Int64)] {
        var kept: [String: (payments: Int, minor: Int64)] = [:]
        for payment in payments where payment.fate == .paid {
            kept[payment.payee, default: (0, 0)].payments += 1
            kept[payment.payee, default: (0, 0)].minor += payment.amount.minorUnits - payment.back
        }
        return kept
    }

    /// What the bank has of the payer's money and nobody received: charges, in minor units.
    var charges: Int64 { payments.reduce(0) { $0 + $1.charges } }

    /// Payees who keep less than was sent to them, because a part came back.
    var short: Set<String> { Set(payments.filter { $0.fate == .paid && $0.back > 0 }.map(\.payee)) }

    /// Whether everything that a message follows was taken.
    func isInOrder(_ message: Message) -> Bool {
        messages.allSatisfy { !message.follows.contains($0.id) || $0.delivery == .taken }
    }

    /// What the messages that were taken say of a payment; and with those whose delivery came to no answer.
    func told(_ endToEndID: String) -> (surely: Set<Fate>, perhaps: Set<Fate>) {
        let told = messages.filter { $0.delivery != .never }
        return (
            Set(told.filter { $0.delivery == .taken }.compactMap { $0.says[endToEndID] }),
            Set(told.compactMap { $0.says[endToEndID] }).union(told.flatMap { $0.suggests[endToEndID] ?? [] })
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
                """, about: about.map(\.endToEndID),
            says: Dictionary(uniqueKeysWithValues: about.map { ($0.endToEndID, $0.fate) }))
    }

    /// One entry of a notification.
    private struct Booking {
        /// Which payment.
        let payment: Int
        let direction: String
        /// Minor units.
        let minor: Int64
        var says: Fate?
        var hasCharges = false
        var suggests: Set<Fate>?
        var follows: [String] = []
    }

    private mutating func notification(_ booked: [Booking], fee: Bool = false) -> Message {
        let id = "NT-\(number())"
        let first = files[payments[booked[0].payment].file]
        let currency = payments[booked[0].payment].amount.currency
        var entries = fee ? Self.fee(currency.code, first?.executionDate ?? "", "B\(number())") : ""
        for booking in booked {
            let payment = payments[booking.payment]
            let day = files[payment.file]?.executionDate ?? ""
            let sum = Money(minorUnits: booking.minor, currency: payment.amount.currency)
            let money =
                "<Amt Ccy=\"\(sum.currency.code)\">\(sum.number)</Amt><CdtDbtInd>\(booking.direction)</CdtDbtInd>"
            let charges = "<Chrgs><Rcrd><Amt Ccy=\"\(sum.currency.code)\">1</Amt></Rcrd></Chrgs>"
            entries += """
                <Ntry>\(money)<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>\(day)</Dt></BookgDt>\
                <AcctSvcrRef>B\(number())</AcctSvcrRef><BkTxCd><Prtry><Cd>1</Cd></Prtry></BkTxCd>\
                <NtryDtls><TxDtls><Refs><EndToEndId>\(payment.endToEndID)</EndToEndId></Refs>\(money)\
                \(booking.hasCharges ? charges : "")\
                \(booking.direction == "CRDT" ? "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>" : "")\
                </TxDtls></NtryDtls></Ntry>\n
                """
        }
        func told<Fates>(_ fates: KeyPath<Booking, Fates?>) -> [String: Fates] {
            Dictionary(
                uniqueKeysWithValues: booked.compactMap { booking in
                    booking[keyPath: fates].map { (self.payments[booking.payment].endToEndID, $0) }
                })
        }
        return Message(
            id: id,
            text: """
                <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><BkToCstmrDbtCdtNtfctn>
                <GrpHdr><MsgId>\(id)</MsgId><CreDtTm>\(first?.executionDate ?? "")T18:00:00Z</CreDtTm></GrpHdr>
                <Ntfctn><Id>\(id)</Id><Acct><Id><Othr><Id>\(first?.debtorAccount ?? "")</Id></Othr></Id></Acct>
                \(entries)</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>
                """, about: booked.map { self.payments[$0.payment].endToEndID }, says: told(\.says),
            suggests: told(\.suggests), follows: booked.flatMap(\.follows))
    }

    /// What the bank takes for its work: none of ours.
    private static func fee(_ currency: String, _ day: String, _ reference: String) -> String {
        """
        <Ntry><Amt Ccy="\(currency)">3</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>\
        <BookgDt><Dt>\(day)</Dt></BookgDt><AcctSvcrRef>\(reference)</AcctSvcrRef>\
        <BkTxCd><Prtry><Cd>FEE</Cd></Prtry></BkTxCd></Ntry>\n
        """
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
