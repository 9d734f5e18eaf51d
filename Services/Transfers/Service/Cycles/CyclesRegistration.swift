import Contracts
import Postgres
import Queue

extension TransfersService {
    /// The statements of cycles, for checking them against the schema.
    static let cyclesStatements: [any Statement.Type] = [
        FindDecidingRun.self, ListOverlaps.self, LockException.self, FindAffiliation.self, ListCountedCycles.self,
        FindOrder.self, ListVerdicts.self,
    ]

    /// Registers the methods of cycles, and what their constraints mean to a caller.
    static func registerCycles(on router: inout Router) {
        router.register(streaming: OpenCycle())
        router.register(ExplainHousehold())
        router.register(AllowOverlap())
        router.register(VoidCycle())
        router.constraints["cycle_days_check"] = .invalidArgument("last_day: is before first_day.")
        router.constraints["cycle_code_check"] = .invalidArgument(
            "cycle: write letters, digits and hyphens, at most twenty.")
        router.constraints["cycle_programme_code_key"] = .aborted("The cycle is being opened at this moment.")
        router.constraints["cycle_payment_key_key"] = .alreadyExists(
            "The identifiers of this cycle's payments would be another cycle's. Give it another code.")
        router.constraints["cycle_period_once_excl"] = .failedPrecondition(
            "Another cycle of the programme has some of these days.")
        router.constraints["cycle_overlap_exception_key"] = .failedPrecondition(
            "The exception has opened a cycle already.")
        router.constraints["overlap_exception_second_person_check"] = RPCError(
            .failedPrecondition, "another person than the one who asked signs an exception",
            details: [ErrorDetail(type: "precondition", reason: "second_person")])
        router.constraints["affiliation_pkey"] = .aborted("The cycle is being opened at this moment.")
    }
}
