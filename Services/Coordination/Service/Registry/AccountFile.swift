import Intake
import Postgres
import Tabular

/// `accounts.csv`: the account that each household is paid on.
enum AccountFile: FileKind {
    static let layout = FileLayout.accounts
    static let copy = """
        COPY coordination.staged_account (household_id, holder_person_id, line, file, bank_bic, account_number)
        FROM STDIN (FORMAT binary)
        """
    static let checks: [any ImportStatement.Type] = [
        RejectRepeatedAccounts.self, RejectAccountsOfUnknownHouseholds.self, RejectHoldersWhoAreNoMembers.self,
    ]
    static let unchanged: any UnchangedRows.Type = UnchangedAccounts.self
    static let merges: [any ImportStatement.Type] = [UpdateAccounts.self, InsertAccounts.self]

    static func stage(_ row: borrowing CSVRow, _ check: inout RowCheck, _ copy: inout CopyWriter) {
        let household = check.nationalNumber(row, 0)
        let holder = check.nationalNumber(row, 1)
        let bic = check.code(row, 2, longest: 11)
        if !isBIC(bic) { check.refuse(2, .badCode, "is no BIC of 8 or 11 characters (ISO 9362)") }
        // ISO 20022 gives other account identifications 34 characters.
        let account = check.code(row, 3, longest: 34)
        guard check.passed else { return }
        copy.startRow(columns: 6)
        copy.add(household)
        copy.add(holder)
        copy.add(check.line)
        copy.add(check.file)
        copy.add(bic)
        copy.add(account)
    }

    /// `[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?`, the pattern of ISO 20022's BICFIDec2014Identifier.
    private static func isBIC(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count == 8 || bytes.count == 11 else { return false }
        for (index, byte) in bytes.enumerated() {
            let isLetter = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            let mustBeLetter = index == 4 || index == 5
            guard isLetter || (isDigit && !mustBeLetter) else { return false }
        }
        return true
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

struct RejectHoldersWhoAreNoMembers: ImportStatement {
    let scope: ImportScope
    init(_ scope: ImportScope) { self.scope = scope }
    static let sql = Rejection.rows(
        of: "coordination.staged_account",
        where: """
            NOT EXISTS (
                SELECT FROM coordination.staged_member AS holder
                WHERE holder.household_id = staged.household_id AND holder.person_id = staged.holder_person_id)
            AND NOT EXISTS (
                SELECT FROM coordination.member AS holder
                WHERE holder.household_id = staged.household_id AND holder.person_id = staged.holder_person_id)
            """,
        field: "holder_person_id", reason: "holder_is_no_member",
        message: "is no member of the household, neither in the registry nor among the good rows of this import")
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
