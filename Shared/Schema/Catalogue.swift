/// The migrations that are part of this program, in their order.
extension Migration {
    /// Every migration in `Migrations/`, by number.
    public static let all: [Migration] = [
        Migration("m0001_schemas", PackageResources.m0001_schemas_sql),
        Migration("m0002_intake", PackageResources.m0002_intake_sql),
        Migration("m0003_queue", PackageResources.m0003_queue_sql),
        Migration("m0004_registry", PackageResources.m0004_registry_sql),
        Migration("m0005_ledger", PackageResources.m0005_ledger_sql),
        Migration("m0006_payments", PackageResources.m0006_payments_sql),
        Migration("m0007_bank", PackageResources.m0007_bank_sql),
        Migration("m0008_evidence", PackageResources.m0008_evidence_sql),
        Migration("m0009_projects", PackageResources.m0009_projects_sql),
        Migration("m0010_agreements", PackageResources.m0010_agreements_sql),
        Migration("m0011_admissions", PackageResources.m0011_admissions_sql),
        Migration("m0012_site", PackageResources.m0012_site_sql),
        Migration("m0013_ledger_requests", PackageResources.m0013_ledger_requests_sql),
        Migration("m0014_paying_again", PackageResources.m0014_paying_again_sql),
    ]

    /// What comes before all of them: roles, and rights and settings of the database as such.
    static let cluster =
        "\(ServiceCatalogue.setting);\n\(String(decoding: PackageResources.cluster_sql, as: UTF8.self))"
}

/// The routines that are part of this program, in the order in which they need each other.
extension Routine {
    /// Every file in `Routines/`: views and functions before those that name them, rights last.
    public static let all: [Routine] = [
        Routine("rpc/queue_ring", PackageResources.queue_ring_sql),
        Routine("rpc/queue_callers", PackageResources.queue_callers_sql),
        Routine("rpc/queue_numbers", PackageResources.queue_numbers_sql),
        Routine("rpc/queue_options", PackageResources.queue_options_sql),
        Routine("rpc/queue_enqueue", PackageResources.queue_enqueue_sql),
        Routine("rpc/queue_enqueue_many", PackageResources.queue_enqueue_many_sql),
        Routine("rpc/queue_outcomes", PackageResources.queue_outcomes_sql),
        Routine("rpc/queue_workers", PackageResources.queue_workers_sql),
        Routine("rpc/queue_claims", PackageResources.queue_claims_sql),
        Routine("rpc/queue_admission", PackageResources.queue_admission_sql),
        Routine("rpc/queue_reaping", PackageResources.queue_reaping_sql),
        Routine("rpc/queue_upkeep", PackageResources.queue_upkeep_sql),
        Routine("rpc/queue_results", PackageResources.queue_results_sql),
        Routine("rpc/queue_cancellation", PackageResources.queue_cancellation_sql),
        Routine("rpc/queue_steering", PackageResources.queue_steering_sql),
        Routine("rpc/queue_views", PackageResources.queue_views_sql),
        Routine("rpc/queue_recurrence", PackageResources.queue_recurrence_sql),
        Routine("intake/intake", PackageResources.intake_sql),
        Routine("coordination/country", PackageResources.country_sql),
        Routine("coordination/registry", PackageResources.registry_sql),
        Routine("coordination/programmes", PackageResources.programmes_sql),
        Routine("coordination/append_only", PackageResources.append_only_sql),
        Routine("coordination/ledger_leaves", PackageResources.ledger_leaves_sql),
        Routine("coordination/ledger_lines", PackageResources.ledger_lines_sql),
        Routine("coordination/ledger_years", PackageResources.ledger_years_sql),
        Routine("coordination/ledger_posting", PackageResources.ledger_posting_sql),
        Routine("coordination/ledger_log", PackageResources.ledger_log_sql),
        Routine("coordination/ledger_settings", PackageResources.ledger_settings_sql),
        Routine("coordination/ledger_views", PackageResources.ledger_views_sql),
        Routine("coordination/agreement_checks", PackageResources.agreement_checks_sql),
        Routine("coordination/agreement_views", PackageResources.agreement_views_sql),
        Routine("transfers/payment_identifiers", PackageResources.payment_identifiers_sql),
        Routine("transfers/payment_roll", PackageResources.payment_roll_sql),
        Routine("transfers/cycle_views", PackageResources.cycle_views_sql),
        Routine("transfers/bank", PackageResources.bank_sql),
        Routine("transfers/evidence", PackageResources.evidence_sql),
        Routine("transfers/payment_decisions", PackageResources.payment_decisions_sql),
        Routine("transfers/payment_views", PackageResources.payment_views_sql),
        Routine("transfers/paying_again", PackageResources.paying_again_sql),
        Routine("transfers/payment_pause", PackageResources.payment_pause_sql),
        Routine("projects/projects", PackageResources.projects_sql),
        Routine("projects/admissions", PackageResources.admissions_sql),
        Routine("rpc/rpc_grants", PackageResources.rpc_grants_sql),
        Routine("intake/intake_grants", PackageResources.intake_grants_sql),
        Routine("coordination/coordination_grants", PackageResources.coordination_grants_sql),
        Routine("transfers/transfers_grants", PackageResources.transfers_grants_sql),
        Routine("projects/projects_grants", PackageResources.projects_grants_sql),
    ]

    /// What takes them away, and what checks them once they are made.
    static let begin = String(decoding: PackageResources.rebuild_begin_sql, as: UTF8.self)
    static let end = String(decoding: PackageResources.rebuild_end_sql, as: UTF8.self)
}
