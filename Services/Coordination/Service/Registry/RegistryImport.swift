import Contracts
import Intake
import Postgres
import Vocabulary

/// How the registry's files are imported: each kind after those it refers to.
enum RegistryImport {
    /// The plan for a country whose codes have these forms.
    static func plan(_ forms: CountryForms) -> ImportPlan {
        ImportPlan(
            method: CoordinationV1.Registry.import.name,
            kinds: [TerritoryFile.self, HouseholdFile.self, MemberFile.self, AccountFile.self],
            clear: ClearStagedRegistry.self, analyzeStaged: AnalyzeStagedRegistry.self,
            analyzeStored: AnalyzeRegistry.self, decision: MassChangeOfAccounts(), forms: forms)
    }
}

/// Empties the staging tables, and makes other imports wait until this one has ended.
struct ClearStagedRegistry: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = """
        TRUNCATE
            coordination.staged_territory, coordination.staged_household, coordination.staged_member,
            coordination.staged_account
        """
}

struct AnalyzeStagedRegistry: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = "SELECT coordination.analyze_staged_registry()"
}

struct AnalyzeRegistry: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = "SELECT coordination.analyze_registry()"
}
