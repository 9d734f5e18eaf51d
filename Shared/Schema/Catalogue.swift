/// The migrations that are part of this program, in their order.
extension Migration {
    /// Every migration in `Migrations/`, by number.
    public static let all: [Migration] = [
        Migration("m0001_roles", PackageResources.m0001_roles_sql),
        Migration("m0002_intake", PackageResources.m0002_intake_sql),
        Migration("m0003_rpc", PackageResources.m0003_rpc_sql),
        Migration("m0004_registry", PackageResources.m0004_registry_sql),
        Migration("m0005_ledger", PackageResources.m0005_ledger_sql),
        Migration("m0006_transfers", PackageResources.m0006_transfers_sql),
        Migration("m0007_bank", PackageResources.m0007_bank_sql),
        Migration("m0008_evidence", PackageResources.m0008_evidence_sql),
        Migration("m0009_projects", PackageResources.m0009_projects_sql),
        Migration("m0010_reporting", PackageResources.m0010_reporting_sql),
        Migration("m0011_agreements", PackageResources.m0011_agreements_sql),
        Migration("m0012_ledger_log", PackageResources.m0012_ledger_log_sql),
        Migration("m0013_ledger_years", PackageResources.m0013_ledger_years_sql),
        Migration("m0014_rpc_work", PackageResources.m0014_rpc_work_sql),
        Migration("m0015_rpc_operations", PackageResources.m0015_rpc_operations_sql),
        Migration("m0016_rpc_recurrence", PackageResources.m0016_rpc_recurrence_sql),
        Migration("m0017_admissions", PackageResources.m0017_admissions_sql),
        Migration("m0018_site", PackageResources.m0018_site_sql),
        Migration("m0019_ledger_requests", PackageResources.m0019_ledger_requests_sql),
        Migration("m0020_payment_decisions", PackageResources.m0020_payment_decisions_sql),
        Migration("m0021_paying_again", PackageResources.m0021_paying_again_sql),
    ]

    /// What comes before all of them: roles, and rights and settings of the database as such.
    static let cluster = String(decoding: PackageResources.cluster_sql, as: UTF8.self)

    init(_ name: String, _ bytes: [UInt8]) {
        self.init(name: name, sql: String(decoding: bytes, as: UTF8.self))
    }
}
