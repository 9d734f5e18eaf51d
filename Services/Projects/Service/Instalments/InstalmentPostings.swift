import Contracts
import Crypto
import LedgerConversation
import ProjectsDomain

/// What an attempt at an instalment asks of the ledger, as the scheme of each line has the stages; and what keeps it from asking.
struct InstalmentPostings {
    let key: InstalmentKey
    let currency: String
    let rolls: [FindRolls.Row]
    let plans: [InstalmentPlan]

    /// Departments without a line of their own, and lines without a reservation that have too little available.
    var obstacles: [PlanObstacle] {
        var found: [String: PlanObstacle] = [:]
        var committed: [String: (territory: String, need: Int64, available: Int64)] = [:]
        for (roll, plan) in zip(rolls, plans) {
            let need = max(plan.commitMinor, plan.orderMinor)
            if roll.lines.count == 1, let line = roll.lines.first {
                if roll.skipsReserved, let available = roll.availableMinor {
                    committed[line, default: (roll.department, 0, available)].need += plan.commitMinor
                }
            } else {
                let obstacle =
                    !roll.lines.isEmpty ? "several_lines" : roll.foreignLines.isEmpty ? "no_line" : "other_currency"
                found[
                    roll.department,
                    default: PlanObstacle(
                        territory: roll.department, obstacle: obstacle,
                        candidates: roll.lines.isEmpty ? roll.foreignLines : roll.lines, amountMinor: 0)
                ].amountMinor += need
            }
        }
        for (line, sum) in committed where sum.need > sum.available {
            found[sum.territory] = PlanObstacle(
                territory: sum.territory, obstacle: "budget_short", candidates: [line],
                amountMinor: sum.need - sum.available)
        }
        return found.values.sorted { $0.territory < $1.territory }
    }

    /// The request of an attempt.
    func request(attempt: Int32) -> LedgerRequest {
        var draw = EarmarkDraw()
        let postings = zip(plans, rolls).flatMap { plan, roll in
            self.postings(
                for: plan, roll, drawn: roll.skipsReserved ? 0 : draw.draw(plan.commitMinor, from: roll.earmark))
        }
        return LedgerRequest(
            requestId: BoundedIdentifier.make("\(key.document)/\(attempt)"), document: key.document,
            purpose: "instalment", generation: attempt, postings: postings)
    }

    /// The postings of one project, in the order of the stages. Their identifiers name project and instalment, whatever the
    /// attempt, so nothing is posted twice. What is drawn comes from the agreement's earmark, the rest from what the line has
    /// available.
    private func postings(for plan: InstalmentPlan, _ roll: FindRolls.Row, drawn: Int64) -> [CoordinationV1.Posting] {
        let earmark = roll.earmark.map { "agreement/\($0.agreement)" } ?? ""
        var steps: [(kind: CoordinationV1.PostingKind, name: String, amount: Int64, source: String)] = []
        if !roll.skipsReserved {
            steps.append((.reserve, "earmark", drawn, earmark))
            steps.append((.reserve, "reserve", plan.commitMinor - drawn, ""))
        }
        steps.append((.commit, "commit", plan.commitMinor, ""))
        steps.append((.accrue, "accrue", plan.orderMinor, ""))
        if !roll.skipsOrdered { steps.append((.order, "order", plan.orderMinor, "")) }
        return steps.filter { $0.amount > 0 }.map { step in
            .init(
                postingId: BoundedIdentifier.make("instalment/\(plan.project)/\(key.instalment)/\(step.name)"),
                kind: step.kind, line: roll.lines[0], amountMinor: step.amount, document: plan.project,
                description:
                    "\(key.programme) \(key.fiscalYear), instalment \(key.instalment): \(plan.households) households",
                sourceDocument: step.source, currency: currency)
        }
    }
}

extension FindRolls.Row {
    /// The earmark that pays the project first; nil where no agreement has one on its line.
    var earmark: ProjectEarmark? {
        guard let agreement, let line = lines.first else { return nil }
        return ProjectEarmark(agreement: agreement, line: line, leftMinor: earmarkLeftMinor ?? 0)
    }
}

/// What keeps an instalment from being asked for, in one territory.
struct PlanObstacle: Sendable {
    var territory: String
    var obstacle: String
    var candidates: [String]
    var amountMinor: Int64
}
