import Testing
import TransfersDomain

@Suite struct OddityTakingTests {
    private typealias Order = OddityTaking.Order

    /// What is paid of an order, all told.
    private func net(_ state: PaymentOrderState, _ order: Order, _ difference: Int64) -> Int64 {
        (state == .paid ? order.orderedMinor : 0) + difference
    }

    /// Whatever is taken of whatever order, what is paid by its state and difference is what the movements brought.
    @Test(arguments: [BankOddity.Taking.event, .payment, .part, .lessFees], PaymentOrderEvent.allCases)
    func bankAndOrderAgreeToTheLastUnit(taking: BankOddity.Taking, event: PaymentOrderEvent) {
        for state in PaymentOrderState.allCases where state != .ordered {
            for difference in [Int64(0), -50] where difference == 0 || state == .paid {
                for amount in [Int64(1), 150, 199, 200, 201] {
                    let order = Order(state: state, orderedMinor: 200, differenceMinor: difference)
                    guard let taken = try? OddityTaking.taking(taking, event: event, amountMinor: amount, of: order)
                    else { continue }
                    var moved: Int64 = 0
                    for movement in taken.movements {
                        if movement.to == .paid { moved += movement.amountMinor }
                        if movement.from == .paid { moved -= movement.amountMinor }
                        #expect(movement.amountMinor > 0)
                    }
                    #expect(
                        net(state, order, difference) + moved
                            == net(taken.state, order, difference + taken.differenceMinor),
                        "\(taking) \(event) \(state) \(amount)")
                    #expect(taken.reopens == [.rejected, .returned].contains(taken.state))
                }
            }
        }
    }

    @Test func onlyAllOfAPaymentThatCameBackIsReturned() throws {
        let paid = Order(state: .paid, orderedMinor: 200, differenceMinor: 0)
        let part = try OddityTaking.taking(.part, event: .bankReturned, amountMinor: 50, of: paid)
        #expect(part.state == .paid && part.differenceMinor == -50)
        let less = Order(state: .paid, orderedMinor: 200, differenceMinor: -50)
        let rest = try OddityTaking.taking(.part, event: .bankReturned, amountMinor: 150, of: less)
        #expect(rest.state == .returned && rest.differenceMinor == 50)
        let fees = try OddityTaking.taking(.lessFees, event: .bankReturned, amountMinor: 195, of: paid)
        #expect(fees.state == .returned && fees.differenceMinor == 5)
    }

    @Test func whatWasGivenBackIsBoundAgainBeforeItIsPaid() throws {
        for state in [PaymentOrderState.rejected, .withdrawn] {
            let order = Order(state: state, orderedMinor: 200, differenceMinor: 0)
            let taken = try OddityTaking.taking(.payment, event: .bankPaid, amountMinor: 200, of: order)
            #expect(taken.state == .paid && taken.closesReopening)
            #expect(LedgerEffect.following(from: state, to: .paid) == [.bindAgain, .pay])
        }
    }

    @Test func everyOddityHasAProposalAndSomethingToTakeOrAReasonToPass() {
        for oddity in BankOddity.allCases {
            let isTaken = [
                BankOddity.Proposal.takeAsPaid, .takeAsReturned, .takePart, .takeStatus, .takeBatch,
            ].contains(oddity.proposal)
            #expect(!isTaken || oddity.taking != nil, "\(oddity)")
        }
    }
}
