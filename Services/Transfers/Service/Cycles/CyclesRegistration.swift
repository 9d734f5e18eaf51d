import Contracts
import Postgres
import Queue

extension TransfersService {
    /// The statements of cycles, for checking them against the schema.
    static let cyclesStatements: [any Statement.Type] = [
        FindProgramme.self, InsertCycle.self, FindCycle.self, FindSequencedCycle.self, NextHouseholds.self,
        CountAffiliation.self, CloseCycle.self, FindAffiliation.self, FindOrder.self, FindOutcome.self,
        ListVerdicts.self, ListEntitlements.self,
    ]

    /// Registers the methods of cycles, and what their constraints mean to a caller.
    static func registerCycles(on router: inout Router) {
        router.register(streaming: OpenCycle())
        router.register(ExplainHousehold())
        router.constraints["cycle_days_check"] = .invalidArgument("last_day: is before first_day.")
        router.constraints["cycle_code_check"] = .invalidArgument(
            "cycle: write letters, digits and hyphens, at most twenty.")
        router.constraints["cycle_programme_code_key"] = .aborted("The cycle is being opened at this moment.")
        router.constraints["affiliation_pkey"] = .aborted("The cycle is being opened at this moment.")
    }
}
