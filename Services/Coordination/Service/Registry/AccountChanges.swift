import Intake
import Postgres
import Vocabulary

// What replaces the account that a household is paid on: money goes where these rows say, so nothing of it is silent.

/// The stored number without, or with other, leading zeros at the same bank: a spreadsheet was here.
struct RejectAccountsWithOtherZeros: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = Rejection.rows(
        of: "coordination.staged_account",
        where: """
            EXISTS (
                SELECT FROM coordination.account AS held
                WHERE held.household_id = staged.household_id AND held.account_number <> staged.account_number
                    AND ltrim(held.account_number, '0') = ltrim(staged.account_number, '0')
                    AND left(held.bank_bic, 8) = left(staged.bank_bic, 8))
            """,
        field: "account_number", reason: "lost_zeros",
        message:
            "is the number that is stored, but for leading zeros; did a spreadsheet take them away? format the column as"
            + " text in the original and save it as CSV again")
}

/// When more than a fifth of the stored accounts would be replaced, or all of them, somebody has to say that this is right:
/// a column that slipped, or a file of another region, looks just so. A handful is never a mass.
struct MassChangeOfAccounts: ImportDecision {
    func decide(_ scope: ImportScope, in transaction: borrowing Transaction) async throws {
        guard scope.acceptedChanges.isEmpty else { return }
        try await transaction.execute(RejectMassChange(scope))
    }
}

struct RejectMassChange: ImportStatement {
    /// Replaced accounts that are no mass, however few are stored.
    static let handful = 10

    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = """
        WITH replaced AS (
            SELECT staged.household_id, staged.file, staged.line
            FROM coordination.staged_account AS staged
            JOIN coordination.account AS held USING (household_id)
            WHERE held.holder_person_id <> staged.holder_person_id OR held.bank_bic <> staged.bank_bic
                OR held.account_number <> staged.account_number
        ), mass AS (
            SELECT changed, stored
            FROM (SELECT count(*) AS changed FROM replaced) AS replaced,
                (SELECT count(*) AS stored FROM coordination.account) AS held
            WHERE changed > \(handful) AND changed * 5 > stored OR changed = stored AND changed > 1
        ), refused AS (
            DELETE FROM coordination.staged_account AS staged USING replaced, mass
            WHERE staged.household_id = replaced.household_id
            RETURNING staged.file, staged.line, mass.changed, mass.stored
        )
        INSERT INTO intake.reject (import_id, upload_id, line, field, reason, pattern, fillings)
        SELECT
            $1::uuid, ($2::uuid[])[file], line, 'account_number', 'mass_change',
            \(Rejection.pattern(
                "is one of {} accounts, of {} stored, that this import would replace; look at the file, and if it is right,"
                    + " say why: --accept-changes REASON")),
            ARRAY[changed, stored]::text[]
        FROM refused
        """
}

struct ChangedAccounts: ChangedRows {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = """
        SELECT staged.file, count(*)
        FROM coordination.staged_account AS staged JOIN coordination.account AS held USING (household_id)
        GROUP BY staged.file
        """
}

/// Keeps what each changed account was and became; only additions are granted.
struct KeepAccountChanges: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = """
        INSERT INTO coordination.account_change (
            household_id, import_id, from_holder_person_id, from_bank_bic, from_account_number, to_holder_person_id,
            to_bank_bic, to_account_number, changed_by)
        SELECT
            held.household_id, $1::uuid, held.holder_person_id, held.bank_bic, held.account_number,
            staged.holder_person_id, staged.bank_bic, staged.account_number, import.requested_by
        FROM coordination.staged_account AS staged
        JOIN coordination.account AS held USING (household_id)
        JOIN intake.import AS import ON import.import_id = $1::uuid
        ORDER BY household_id
        """
}
