import Contracts
import Queue
import TestSupport

/// What happens after files are with the bank: what is odd, what is given back, and what a restored database forgot.
extension Adversary {
    func settleOddities() async throws -> String { "nothing is odd" }

    func giveBack(_ cycle: Int) async throws -> String { "nothing is given back" }

    func snapshot() async throws -> String { "not yet" }

    func restore() async throws -> String { "not yet" }
}
