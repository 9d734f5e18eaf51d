import Contracts
import ISO20022
import Postgres
import TransfersDomain
import Vocabulary

/// What is looked at before a run is started: each check says what it found, and how much it weighs. What is odd needs a signed
/// reason; what is fatal must be mended first.
struct RunChecks {
    let cycleId: Int32
    let programme: String
    let cycle: String
    let payOn: CalendarDate
    let fiscalYear: Int32
    let definition: CoordinationV1.ProgrammeDefinition
    /// A supplementary run decides nothing anew: evidence says nothing about it, and its accounts are those that were repaired.
    let isSupplementary: Bool

    /// Everything that was found, in the order in which a person would look.
    func findings(_ transaction: borrowing Transaction) async throws -> [TransfersV1.RunFinding] {
        var found: [TransfersV1.RunFinding] = []
        if let day = try await payDay(transaction) { found.append(day) }
        if let payer { found.append(payer) }
        if !isSupplementary {
            let previous = try await transaction.queryOne(FindPreviousRunOf(cycleId: cycleId))
            if let evidence = try await evidence(after: previous, transaction) { found.append(evidence) }
            if let accounts = try await accounts(after: previous, transaction) { found.append(accounts) }
        }
        if let payees = try await payees(transaction) { found.append(payees) }
        found += try await NameCheck.affiliated(
            cycleId: cycleId, set: definition.payments?.characterSet.vocabulary ?? .swiftX, transaction)
        found += try await lines(transaction)
        return found
    }

    /// A day of payment in the past is no day on which a bank pays.
    private func payDay(_ transaction: borrowing Transaction) async throws -> TransfersV1.RunFinding? {
        guard let today = try await transaction.queryOne(FindCivilDay()), payOn < today else { return nil }
        return .init(
            code: "pay_day_past", weight: .odd, values: ["pay_on": payOn.description, "today": today.description])
    }

    /// The payer by the writer's own rules: what it would refuse after the approval is refused here.
    private var payer: TransfersV1.RunFinding? {
        guard let payments = definition.payments else {
            return .init(code: "payer_invalid", weight: .fatal, values: ["field": "payments"])
        }
        let day = payOn.description
        let head = PaymentInitiation(
            messageID: "CHECK", createdAt: "\(day)T00:00:00Z", paymentInformationID: "CHECK", executionDate: day,
            initiatingParty: payments.debtorName, debtorName: payments.debtorName,
            debtorAccount: payments.debtorAccount, debtorBIC: payments.debtorBic,
            characterSet: payments.characterSet.vocabulary, currency: definition.currency, transactions: 1,
            controlSumMinor: 1)
        do {
            _ = try PaymentInitiationWriter(head) { _ in }
            return nil
        } catch let error as WritingError {
            guard case .invalidField(let field, _) = error else { return nil }
            return .init(code: "payer_invalid", weight: .fatal, values: ["field": field])
        } catch {
            return nil
        }
    }

    private func evidence(
        after previous: PreviousRun?, _ transaction: borrowing Transaction
    ) async throws -> TransfersV1.RunFinding? {
        guard !definition.conditions.isEmpty,
            let now = try await transaction.queryOne(CountEvidence(cycleId: cycleId))
        else { return nil }
        var before: EvidenceShare?
        if let previous { before = try await transaction.queryOne(CountRollEvidence(runNumber: previous.runNumber)) }
        let values = [
            "households": String(now.households), "affiliated": String(now.affiliated), "percent": String(now.percent),
            "previous_percent": before.map { String($0.percent) } ?? "-",
        ]
        switch now.oddity(after: before) {
        case .missing: return .init(code: "evidence_missing", weight: .odd, values: values)
        case .low: return .init(code: "evidence_low", weight: .odd, values: values)
        case nil: return nil
        }
    }

    /// Whose account is another than the one that the run before paid to.
    private func accounts(
        after previous: PreviousRun?, _ transaction: borrowing Transaction
    ) async throws -> TransfersV1.RunFinding? {
        guard let previous,
            let changed = try await transaction.queryOne(
                CountChangedAccounts(cycleId: cycleId, previous: previous.runNumber)), changed.households > 0
        else { return nil }
        return .init(
            code: "accounts_changed", weight: .odd,
            values: ["households": String(changed.households), "previous_cycle": previous.cycle],
            examples: changed.examples)
    }

    /// Payees whom the writer would refuse, so that a file could not be written after the approval.
    private func payees(_ transaction: borrowing Transaction) async throws -> TransfersV1.RunFinding? {
        guard let refused = try await transaction.queryOne(CountUnwritablePayees(cycleId: cycleId)),
            refused.households > 0
        else { return nil }
        return .init(
            code: "account_unwritable", weight: .fatal, values: ["households": String(refused.households)],
            examples: refused.examples)
    }

    /// Departments whose households no line can pay: told now, and said again when the budget is reserved.
    private func lines(_ transaction: borrowing Transaction) async throws -> [TransfersV1.RunFinding] {
        let rule = try await CountryRule.read(transaction)
        let dimensions = LineDimensions(
            programme: programme, fiscalYear: fiscalYear, currency: definition.currency, fund: rule.fund,
            ministry: rule.ownMinistry ? definition.ministry : "")
        return try await transaction.query(ListUnfitDepartments(cycleId: cycleId, dimensions: dimensions)).map {
            unfit in
            .init(
                code: ["several_lines": "lines_several", "other_currency": "line_other_currency"][unfit.obstacle]
                    ?? "line_missing",
                weight: .note, values: dimensions.named(department: unfit.department), examples: unfit.candidates)
        }
    }
}
