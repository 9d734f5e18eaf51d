import Contracts
import Postgres
import Queue
import Vocabulary

extension CoordinationService {
    /// Serves the ledger's methods.
    static func registerLedger(on router: inout Router) {
        router.register(PostHandler())
        router.register(OpenLinesHandler())
        router.register(SequenceHandler())
        router.register(KeepCheckpointHandler())
        router.register(SetControlHandler())
        router.register(SetLimitHandler())
        router.register(LoadSchemeHandler())
        router.register(ExpireHandler())
        router.register(CloseYearHandler())
        router.register(SealDaysHandler())
        for (constraint, error) in ledgerConstraints.merging(keptConstraints, uniquingKeysWith: { first, _ in first }) {
            router.constraints[constraint] = error
        }
    }

    /// What a constraint of the ledger means to a caller. Two batches that race for one identifier are told to try
    /// again; the second then learns whether it is the same posting.
    static let ledgerConstraints: [String: RPCError] = [
        "budget_posting_pkey": .aborted("another batch is posting the same identifier; try again"),
        "budget_document_pkey": .aborted("another is opening the same document; try again"),
        "budget_balance_bound_check":
            RPCError(.outOfRange, "a line holds, and is overdrawn by, at most 10^17 minor units of its currency"),
        "budget_limit_bound_check": RPCError(.outOfRange, "a ceiling is at most 10^17 minor units of its currency"),
        "budget_reversal_pkey": .aborted("another batch is reversing the same posting; try again"),
        "budget_balance_available_check": .failedPrecondition(
            "a line that is overdrawn cannot be controlled absolutely"),
        "budget_limit_ceiling_check": .failedPrecondition("more than this ceiling is reserved already"),
        "budget_limit_code_key": .alreadyExists("this limit covers other lines"),
        "budget_limit_code_check": .invalidArgument("a limit's code has 1 to 64 letters, digits and . _ / -"),
        "budget_scheme_scheme_check": .invalidArgument("a scheme's code has 1 to 32 small letters, digits and _"),
        "budget_scheme_names_check": .invalidArgument("every stage needs a name of 1 to 40 characters"),
        "budget_scheme_source_check": .invalidArgument("a scheme says in 1 to 1000 characters where it is from"),
        "budget_scheme_year_end_source_check":
            .invalidArgument("yearEnd.source: say in 1 to 1000 characters which rule it is"),
        "budget_scheme_year_end_check": .invalidArgument(
            "yearEnd: reserved and committed money lapses, is carried over or charged to the next year; accrued money"
                + " lapses, is carried over or stays payable; what is with the bank stays payable: orders, and accruals"
                + " where there is no order"),
        "budget_line_scheme_fkey": .failedPrecondition("the scheme is not loaded, or lines use its rules already"),
        "fiscal_year_range_check": .invalidArgument("fiscal years lie between 1900 and 2999"),
        "budget_line_line_check": .invalidArgument("a line's code has 1 to 64 letters, digits and . _ / -"),
        "budget_line_fund_check": .invalidArgument("a line needs its fund: 1 to 32 letters, digits and . _ / -"),
        "budget_line_ministry_check":
            .invalidArgument("a line needs its ministry: 1 to 32 letters, digits and . _ / -"),
        "budget_line_programme_check":
            .invalidArgument("a line needs its programme: 1 to 32 letters, digits and . _ / -"),
        "budget_line_territory_check":
            .invalidArgument("a line needs its territory: 1 to 16 letters, digits and . _ / -"),
        "budget_line_currency_check": .invalidArgument("a line needs its currency as three capital letters"),
    ]

    /// Constraints that the ledger's functions never reach, because they look first. Should one of them hold something
    /// back all the same, nothing was written, and this is what the caller learns.
    static let keptConstraints: [String: RPCError] = {
        let insufficient = ["reserved", "committed", "accrued", "ordered", "paid"].flatMap { stage in
            ["budget_balance", "budget_hold"].map {
                ("\($0)_\(stage)_check", RPCError.failedPrecondition("less than that is \(stage)"))
            }
        }
        let contradictory = [
            "budget_balance_conservation_check", "budget_balance_control_check", "budget_batch_entries_check",
            "budget_checkpoint_note_check", "budget_document_owner_check", "budget_limit_fiscal_year_fkey",
            "budget_line_fiscal_year_fkey",
            "budget_line_line_key", "budget_log_key_line_check", "budget_log_node_hash_check",
            "budget_log_node_level_check", "budget_log_span_batch_fkey", "budget_log_span_batch_id_key",
            "budget_log_span_entries_check", "budget_log_span_first_leaf_check", "budget_record_body_check",
            "budget_record_kind_check", "budget_reversal_reversed_by_key", "budget_transfer_amount_check",
            "budget_transfer_document_check", "budget_transfer_kind_check", "budget_transfer_stage_check",
            "fiscal_year_state_check",
        ].map { ($0, RPCError.internal("the ledger refused an entry that contradicts it (\($0))")) }
        return Dictionary(uniqueKeysWithValues: insufficient + contradictory)
    }()
}
