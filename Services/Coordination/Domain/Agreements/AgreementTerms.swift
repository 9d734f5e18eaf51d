import Contracts
import Vocabulary

extension CoordinationV1.AgreementTerms {
    /// What an operator is to the agreement.
    public func standing(of operator: String) -> AgreementStanding {
        let members = parties.flatMap(\.members).filter { $0.`operator` == `operator` }
        if members.contains(where: \.decides) { return .deciding }
        return members.isEmpty ? .outsider : .informing
    }

    /// The institution an operator decides for.
    public func party(of operator: String) -> String? {
        parties.first { $0.members.contains { $0.`operator` == `operator` && $0.decides } }?.institution
    }

    /// The parties whose deciding members have not signed in sufficient number, and who could still sign.
    public func missingSignatures(signedBy signers: Set<String>) -> [CoordinationV1.MissingSignatures] {
        parties.compactMap { party in
            let deciding = party.members.filter(\.decides).map(\.`operator`)
            let missing = max(1, Int(party.quorum)) - deciding.count { signers.contains($0) }
            guard missing > 0 else { return nil }
            return .init(
                institution: party.institution, missing: Int32(missing),
                members: deciding.filter { !signers.contains($0) })
        }
    }

    /// Who still has to sign that a condition has lapsed: nobody, as soon as the quorum of one party has. A party that sees a
    /// condition broken need not wait for the one that broke it.
    public func missingSignaturesToSuspend(signedBy signers: Set<String>) -> [CoordinationV1.MissingSignatures] {
        let missing = missingSignatures(signedBy: signers)
        guard missing.count == parties.count else { return [] }
        let begun = parties.filter { $0.members.contains { $0.decides && signers.contains($0.`operator`) } }
        return missing.filter { party in begun.contains { $0.institution == party.institution } }
    }

    /// Why the agreement cannot be in force on a day; nil when it can.
    public func refusal(on day: CalendarDate) -> AgreementRefusal? {
        guard let first = CalendarDate(iso8601: firstDay), let last = CalendarDate(iso8601: lastDay) else {
            return .afterLastDay
        }
        return day < first ? .beforeFirstDay : day > last ? .afterLastDay : nil
    }

    /// What is wrong with the terms, for a person to read; nil when nothing is.
    public var fault: Sentence? {
        if title.isEmpty { return "title: an agreement needs a title" }
        return partyFault ?? earmarkFault ?? placeFault ?? otherFault
    }

    private var partyFault: Sentence? {
        if parties.count < 1 { return "parties: an agreement needs its parties" }
        if Set(parties.map(\.institution)).count != parties.count { return "parties: a party stands twice" }
        var seen: Set<String> = []
        for party in parties {
            if party.institution.isEmpty { return "parties: a party has no name" }
            let deciding = party.members.count { $0.decides }
            if deciding == 0 { return "\(party.institution) has no member who may decide: it can only inform" }
            if party.quorum < 1 || Int(party.quorum) > deciding {
                return "\(party.institution): the quorum must be between 1 and its deciding members"
            }
            for member in party.members {
                if member.`operator`.isEmpty { return "\(party.institution): a member has no name" }
                if !seen.insert(member.`operator`).inserted {
                    return "\(member.`operator`) is a member twice: a person signs for one party"
                }
            }
        }
        return nil
    }

    private var earmarkFault: Sentence? {
        if !earmarks.isEmpty || unitCostMinor > 0, Currency(code: currency) == nil {
            return "currency: say in which currency the earmarks and the unit's cost are, by ISO 4217"
        }
        if Set(earmarks.map(\.line)).count != earmarks.count { return "earmarks: a line is earmarked twice" }
        for earmark in earmarks {
            if earmark.amountMinor <= 0 { return "the earmark of \(earmark.line) must be above zero" }
            if earmark.amountMinor > LedgerBounds.amount { return "the earmark of \(earmark.line) is too large" }
            if earmark.documentPrefix.isEmpty || earmark.documentPrefix.hasPrefix("agreement/") {
                return "the earmark of \(earmark.line) needs the documents it is for"
            }
            if !parties.contains(where: { $0.institution == earmark.institution }) {
                return "\(earmark.institution) earmarks money and is no party"
            }
        }
        return unitCostMinor < 0 ? "unitCostMinor cannot be negative" : nil
    }

    private var placeFault: Sentence? {
        if !(0...10_000).contains(reservedShareHundredths) || reservedPlaces < 0 || places < 0 {
            return "reserved places cannot be negative, nor more than all"
        }
        if reservedPlaces > 0, reservedShareHundredths > 0 {
            return "reservedPlaces and reservedShareHundredths: give one of them"
        }
        if reservedShareHundredths > 0, places == 0 { return "places: a reserved share needs to know of how many" }
        if places > 0, reservedPlaces > places { return "reserved places cannot be negative, nor more than all" }
        let known = PovertyClass.names
        if let other = target?.povertyClasses.first(where: { !known.contains($0) }) {
            return "target.povertyClasses: \(other) is none of \(known.joined(separator: ", "))"
        }
        if let served = target?.servedBy, !served.isEmpty, !programmes.contains(served) {
            return "target.servedBy: \(served) is no programme of the agreement"
        }
        let hasTarget = target.map { !$0.servedBy.isEmpty || !$0.povertyClasses.isEmpty || !$0.departments.isEmpty }
        if reservedPlaces > 0 || reservedShareHundredths > 0, hasTarget != true {
            return "target: places are reserved, and nothing says for whom"
        }
        return nil
    }

    private var otherFault: Sentence? {
        if programmes.isEmpty || Set(programmes).count != programmes.count {
            return "programmes: an agreement names its programmes, each once"
        }
        if Set(releaseConditions).count != releaseConditions.count || releaseConditions.contains("") {
            return "releaseConditions: each has a text of its own"
        }
        guard let first = CalendarDate(iso8601: firstDay), let last = CalendarDate(iso8601: lastDay), first <= last
        else { return "an agreement needs its first and its last day" }
        guard let architecture, architecture.programmes >= 1 else {
            return "architecture: say how many programmes are joined, and how"
        }
        return nil
    }
}
