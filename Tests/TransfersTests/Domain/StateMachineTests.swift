import TestSupport
import Testing
import TransfersDomain

@Suite struct StateMachineTests {
    private static let runEvents: [PaymentRunEvent] = [
        .rollFrozen(households: 0), .rollFrozen(households: 5), .verified(payableHouseholds: 0),
        .verified(payableHouseholds: 3), .budgetReserved(isApproved: false),
        .budgetReserved(isApproved: true), .budgetRefused, .resumed, .approved, .budgetOrdered, .ordersMade,
        .filesWritten, .reconciled, .reopened, .withdrawn(holdsMoney: true), .withdrawn(holdsMoney: false),
        .budgetReleased,
    ]

    /// The model keeps only what must be true: money is asked for before approval, approval comes before orders.
    private struct RunModel {
        var reserved = false
        var approved = false
        var ordered = false
        var written = false
        var paysNobody = false
    }

    @Test(arguments: UInt64(0)..<200)
    func aRunNeverOrdersWithoutReservationAndApproval(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var state = PaymentRunState.freezing
        var model = RunModel()
        for _ in 0..<400 {
            var event = try #require(Self.runEvents.randomElement(using: &generator))
            // Whether a run is approved is known to who tells it of its reservation.
            if case .budgetReserved = event { event = .budgetReserved(isApproved: model.approved) }
            // The ledger orders only what was approved.
            if event == .budgetOrdered, !model.approved { continue }
            guard let next = state.after(event) else { continue }
            switch event {
            case .rollFrozen(let households): model.paysNobody = households == 0
            case .verified(let payable): model.paysNobody = payable == 0
            case .budgetReserved: model.reserved = true
            case .approved:
                #expect(model.reserved)
                model.approved = true
            case .budgetOrdered: #expect(model.approved)
            case .ordersMade: model.ordered = true
            case .filesWritten:
                #expect(model.ordered)
                model.written = true
            case .reconciled, .reopened: #expect(model.written)
            case .withdrawn, .budgetReleased: #expect(!model.written)
            case .budgetRefused, .resumed: break
            }
            if model.paysNobody { #expect(next == .empty) }
            if [.ordering, .writing, .sent, .closed].contains(next) { #expect(model.reserved && model.approved) }
            state = next
        }
        if state == .empty { #expect(!model.reserved && !model.ordered) }
    }

    @Test func emptyAndWithdrawnRunsNeverMoveAndClosedOnesOnlyOpenAgain() {
        for event in Self.runEvents {
            #expect(PaymentRunState.empty.after(event) == nil)
            #expect(PaymentRunState.withdrawn.after(event) == nil)
            #expect(PaymentRunState.closed.after(event) == (event == .reopened ? .sent : nil))
        }
    }

    /// The states that a run can be taken back from, and no other: the table that the page shows.
    @Test func aRunIsWithdrawnFromEveryStateBeforeTheBankHasIt() {
        let before: Set<PaymentRunState> = [
            .freezing, .verifying, .reserving, .awaitingBudget, .awaitingApproval, .committing, .ordering, .writing,
        ]
        for state in PaymentRunState.allCases {
            #expect(state.canBeWithdrawn == before.contains(state), "\(state)")
            #expect(state.after(.withdrawn(holdsMoney: true)) == (before.contains(state) ? .withdrawing : nil))
            #expect(state.after(.withdrawn(holdsMoney: false)) == (before.contains(state) ? .withdrawn : nil))
        }
    }

    @Test func anAnswerOfTheLedgerThatComesLateIsTaken() {
        #expect(PaymentRunState.awaitingBudget.after(.budgetReserved(isApproved: false)) == .awaitingApproval)
        #expect(PaymentRunState.awaitingBudget.after(.budgetReserved(isApproved: true)) == .committing)
        #expect(PaymentRunState.awaitingBudget.after(.budgetOrdered) == .ordering)
    }

    @Test func everyStateOfARunCanBeReached() {
        var reached: Set<PaymentRunState> = [.freezing]
        var waiting: [PaymentRunState] = [.freezing]
        while let state = waiting.popLast() {
            for event in Self.runEvents {
                if let next = state.after(event), reached.insert(next).inserted { waiting.append(next) }
            }
        }
        #expect(reached == Set(PaymentRunState.allCases))
    }

    /// What the bank can have said about one payment, whatever the order and however often: a payment is taken on, then
    /// either refused, or paid and perhaps returned.
    private static let histories: [(answers: [PaymentOrderEvent], end: PaymentOrderState)] = [
        ([.bankAccepted], .accepted), ([.bankAccepted, .bankPaid], .paid), ([.bankPaid], .paid),
        ([.bankAccepted, .bankRejected], .rejected), ([.bankRejected], .rejected),
        ([.bankAccepted, .bankPaid, .bankReturned], .returned), ([.bankPaid, .bankReturned], .returned),
        ([.bankReturned], .returned),
    ]

    @Test(arguments: UInt64(0)..<200)
    func answersInAnyOrderAndRepeatedEndInTheSameState(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let history = try #require(Self.histories.randomElement(using: &generator))
        var answers = history.answers + history.answers
        answers.shuffle(using: &generator)
        var state = try #require(PaymentOrderState.ordered.after(.fileWritten))
        for answer in answers { state = try #require(state.after(answer)) }
        #expect(state == history.end)
    }

    @Test func aRejectedPaymentIsNeverPaidWithoutAPersonLooking() {
        #expect(PaymentOrderState.rejected.after(.bankPaid) == nil)
        #expect(PaymentOrderState.paid.after(.bankRejected) == nil)
        #expect(PaymentOrderState.returned.after(.bankRejected) == nil)
    }

    @Test func nothingHappensToAnOrderBeforeItsFileIsWritten() {
        for event in PaymentOrderEvent.allCases where event != .fileWritten && event != .takenBack {
            #expect(PaymentOrderState.ordered.after(event) == nil)
        }
    }

    @Test func aFinalStateIsNotLeftExceptByAReturn() {
        for state in PaymentOrderState.allCases where state.isFinal {
            for event in PaymentOrderEvent.allCases {
                let next = state.after(event)
                #expect(next == nil || next == state || (state == .paid && event == .bankReturned))
            }
        }
    }
}
