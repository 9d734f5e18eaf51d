import Intake
import Postgres
import Tabular
import Vocabulary

/// `accounts.csv`: the account that each household is paid on.
enum AccountFile: FileKind {
    static let layout = FileLayout.accounts
    static let copy = """
        COPY coordination.staged_account (household_id, holder_person_id, line, file, bank_bic, account_number)
        FROM STDIN (FORMAT binary)
        """
    static let checks: [any ImportStatement.Type] = [
        RejectRepeatedAccounts.self, RejectAccountsOfUnknownHouseholds.self, RejectHolders.self,
        RejectAccountsWithOtherZeros.self,
    ]
    static let unchanged: any UnchangedRows.Type = UnchangedAccounts.self
    static let changed: (any ChangedRows.Type)? = ChangedAccounts.self
    static let merges: [any ImportStatement.Type] = [KeepAccountChanges.self, UpdateAccounts.self, InsertAccounts.self]

    static func stage(_ row: borrowing CSVRow, _ check: inout RowCheck, _ copy: inout CopyWriter) {
        let household = check.nationalNumber(row, 0)
        let holder = check.nationalNumber(row, 1)
        let bic = check.code(row, 2, longest: 11)
        if !BankText.isBIC(bic) { check.refuse(2, .badCode, "is no BIC of 8 or 11 characters (ISO 9362)") }
        let account = check.account(row, 3, bic: bic)
        guard check.passed else { return }
        copy.startRow(columns: 6)
        copy.add(household)
        copy.add(holder)
        copy.add(check.line)
        copy.add(check.file)
        copy.add(bic)
        copy.add(account)
    }
}

struct RejectRepeatedAccounts: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = Rejection.repeated(
        in: "coordination.staged_account", key: "household_id", field: "household_id", reason: "duplicate_account",
        what: "an account of this household")
}

struct RejectAccountsOfUnknownHouseholds: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = Rejection.rows(
        of: "coordination.staged_account",
        where: """
            NOT EXISTS (
                SELECT FROM coordination.staged_household AS household
                WHERE household.household_id = staged.household_id)
            AND NOT EXISTS (
                SELECT FROM coordination.household AS household WHERE household.household_id = staged.household_id)
            """,
        field: "household_id", reason: "unknown_household",
        message: "is no household, neither of the registry nor among the good rows of this import")
}

/// The holder is a member of the household, and has a name that a bank can be told. Of a name without a Latin letter nothing
/// can be written, unless the country's banks take every character (`BankText.hasLetter`).
struct RejectHolders: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = """
        WITH judged AS (
            SELECT
                account.household_id, newer.person_id IS NULL AND held.person_id IS NULL AS is_stranger
            FROM coordination.staged_account AS account
            LEFT JOIN coordination.staged_member AS newer
                ON newer.household_id = account.household_id AND newer.person_id = account.holder_person_id
            LEFT JOIN coordination.member AS held
                ON held.household_id = account.household_id AND held.person_id = account.holder_person_id
            WHERE coalesce(
                newer.is_nameless, (held.given_names || held.surnames) COLLATE "C" !~ '[A-Za-zÀ-ÖØ-öø-ſ]', true)
        ), refused AS (
            DELETE FROM coordination.staged_account AS staged USING judged
            WHERE staged.household_id = judged.household_id AND (judged.is_stranger OR NOT EXISTS (
                SELECT FROM coordination.country_v1
                WHERE definition ->> 'bankCharacterSet' = 'BANK_CHARACTER_SET_UNICODE'))
            RETURNING staged.file, staged.line, judged.is_stranger
        )
        INSERT INTO intake.reject (import_id, upload_id, line, field, reason, pattern)
        SELECT
            $1::uuid, ($2::uuid[])[file], line, 'holder_person_id',
            CASE WHEN is_stranger THEN 'holder_is_no_member' ELSE 'holder_without_name' END,
            CASE WHEN is_stranger
                THEN \(Rejection.pattern(
                    "is no member of the household, neither in the registry nor among the good rows of this import"))
                ELSE \(Rejection.pattern(
                    "is a person whose name has no letter that a bank file can carry; correct the name in members.csv"))
            END
        FROM refused
        """
}

struct UnchangedAccounts: UnchangedRows {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = """
        WITH same AS (
            DELETE FROM coordination.staged_account AS staged USING coordination.account AS held
            WHERE held.household_id = staged.household_id AND held.holder_person_id = staged.holder_person_id
                AND held.bank_bic = staged.bank_bic AND held.account_number = staged.account_number
            RETURNING staged.file
        )
        SELECT file, count(*) FROM same GROUP BY file
        """
}

struct UpdateAccounts: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = """
        UPDATE coordination.account AS held
        SET holder_person_id = staged.holder_person_id, bank_bic = staged.bank_bic,
            account_number = staged.account_number
        FROM coordination.staged_account AS staged WHERE held.household_id = staged.household_id
        """
}

struct InsertAccounts: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = """
        INSERT INTO coordination.account (household_id, holder_person_id, bank_bic, account_number)
        SELECT household_id, holder_person_id, bank_bic, account_number
        FROM coordination.staged_account AS staged
        WHERE NOT EXISTS (
            SELECT FROM coordination.account AS held WHERE held.household_id = staged.household_id)
        ORDER BY household_id
        """
}
