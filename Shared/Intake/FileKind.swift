import FoundationEssentials
import Postgres
import Tabular
import Vocabulary

/// A kind of file that a service imports: how a row is read, checked against others, and stored.
///
/// An import reads every file into its kind's staging table, then runs every kind's ``checks`` in the plan's order, and
/// only then stores anything. Checks may therefore look into the staging tables of earlier kinds: what is left there is
/// good. Staging tables have the columns `file smallint` and `line integer`.
public protocol FileKind: Sendable {
    /// The columns.
    static var layout: FileLayout { get }
    /// `COPY <staging table> (…) FROM STDIN (FORMAT binary)`.
    static var copy: String { get }
    /// Reads one row; writes it to the COPY only if everything ``RowCheck/passed``.
    static func stage(_ row: borrowing CSVRow, _ check: inout RowCheck, _ copy: inout CopyWriter)
    /// Moves bad rows out of staging into `intake.reject`; see ``Rejection``.
    static var checks: [any ImportStatement.Type] { get }
    /// Removes from staging the rows that are stored already with the same content, and counts them by file.
    static var unchanged: any UnchangedRows.Type { get }
    /// Counts, by file, what is left in staging and replaces a stored row; nil for a kind whose rows are only ever added.
    static var changed: (any ChangedRows.Type)? { get }
    /// Stores what is left in staging.
    static var merges: [any ImportStatement.Type] { get }
}

extension FileKind {
    /// Nothing is replaced.
    public static var changed: (any ChangedRows.Type)? { nil }
}

/// What the statements of an import may refer to: `$1::uuid` is the import, `$2::uuid[]` its uploads, of which
/// `($2::uuid[])[file]` is a staged row's, and `$3::text` the request's context. Merges find in `intake.import` who asked.
public struct ImportScope: Sendable {
    /// The import.
    public let importId: UUID
    /// Its uploads; a staged row's `file` is the position here, from 1.
    public let uploadIds: [UUID]
    /// The request's context, for instance a cycle's code.
    public let context: String
    /// Why a mass change is right, in the words of who asks; empty: it is not accepted.
    public let acceptedChanges: String
}

/// A statement of an import that returns no rows.
public protocol ImportStatement: Statement where Row == Never {
    /// The scope it runs in.
    var scope: ImportScope { get }
    /// The statement of an import.
    init(_ scope: ImportScope)
}

/// Counts staged rows by file.
public protocol CountedRows: Statement where Row == FileCount {
    /// The scope it runs in.
    var scope: ImportScope { get }
    /// The statement of an import.
    init(_ scope: ImportScope)
}

/// Counts, by file, the staged rows that change nothing, and removes them.
public protocol UnchangedRows: CountedRows {}

/// Counts, by file, the staged rows that replace stored ones.
public protocol ChangedRows: CountedRows {}

/// A number of rows of one file of an import.
public struct FileCount: Sendable {
    /// Number of the file within the import, from 1.
    public let file: Int16
    /// Rows.
    public let rows: Int64
}

extension ImportStatement {
    /// Binds what ``ImportScope`` describes.
    public func bind(into parameters: inout Parameters) {
        scope.bind(into: &parameters)
    }
}

extension CountedRows {
    /// Binds what ``ImportScope`` describes.
    public func bind(into parameters: inout Parameters) {
        scope.bind(into: &parameters)
    }

    /// Reads a file's number and its count.
    public static func decode(_ row: borrowing RowReader) throws(PostgresError) -> FileCount {
        FileCount(file: try row.int16(0), rows: try row.int64(1))
    }
}

extension ImportScope {
    fileprivate func bind(into parameters: inout Parameters) {
        parameters.add(importId)
        parameters.add(uploadIds)
        parameters.add(context)
    }
}

/// A decision about an import as a whole, after every check of a row: for instance who is admitted when there are fewer
/// places than rows. It moves refused rows out of staging into `intake.reject`, as checks do.
public protocol ImportDecision: Sendable {
    /// Decides about what is left in staging.
    func decide(_ scope: ImportScope, in transaction: borrowing Transaction) async throws
}

/// How a service imports: its kinds of file in the order in which they depend on one another.
public struct ImportPlan: Sendable {
    /// The method, for the record: `puente.coordination.v1.Registry/Import`.
    public let method: String
    /// Kinds, each after those that it refers to.
    public let kinds: [any FileKind.Type]
    /// Empties the staging tables; the lock that this takes makes imports of one plan follow one another.
    public let clear: any ImportStatement.Type
    /// Statistics of the staging tables, before the checks.
    public let analyzeStaged: any ImportStatement.Type
    /// Statistics of what was stored.
    public let analyzeStored: any ImportStatement.Type
    /// What is decided about the whole, after the checks; nil: nothing.
    public let decision: (any ImportDecision)?
    /// What the country's codes look like, for files that hold some.
    public let forms: CountryForms?

    /// A plan.
    public init(
        method: String, kinds: [any FileKind.Type], clear: any ImportStatement.Type,
        analyzeStaged: any ImportStatement.Type, analyzeStored: any ImportStatement.Type,
        decision: (any ImportDecision)? = nil, forms: CountryForms? = nil
    ) {
        self.method = method
        self.kinds = kinds
        self.clear = clear
        self.analyzeStaged = analyzeStaged
        self.analyzeStored = analyzeStored
        self.decision = decision
        self.forms = forms
    }

    /// Every statement of the plan, for the test that the database understands them.
    public var statements: [any Statement.Type] {
        var all: [any Statement.Type] = [clear, analyzeStaged, analyzeStored]
        for kind in kinds {
            all += kind.checks as [any Statement.Type]
            all.append(kind.unchanged)
            if let changed = kind.changed { all.append(changed) }
            all += kind.merges as [any Statement.Type]
        }
        return all
    }
}
