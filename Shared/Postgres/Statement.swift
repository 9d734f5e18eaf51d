/// One SQL statement: its text, how its parameters are bound, and how its rows are read.
///
/// A statement is prepared once on each connection, keyed by its type, so `sql` must be a constant.
public protocol Statement: Sendable {
    /// What one row becomes; `Never` for statements that return no rows.
    associatedtype Row: Sendable
    /// The text, with parameters `$1`, `$2`, …
    static var sql: String { get }
    /// Adds the parameters in their order.
    func bind(into parameters: inout Parameters)
    /// Reads one row.
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row
}

extension Statement {
    /// Nothing to bind: the default for statements without parameters.
    public func bind(into parameters: inout Parameters) {}
}

extension Statement where Row == Never {
    /// A statement without rows has nothing to read.
    public static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Never {
        throw PostgresError(decoding: "a row from a statement that declares none")
    }
}

/// The type numbers (OIDs) of PostgreSQL's built-in types that the module speaks in binary, and of others that results have.
@usableFromInline
package enum TypeNumber {
    package static let bool: UInt32 = 16
    package static let bytea: UInt32 = 17
    package static let int8: UInt32 = 20
    package static let int2: UInt32 = 21
    package static let int4: UInt32 = 23
    package static let text: UInt32 = 25
    package static let name: UInt32 = 19
    package static let character: UInt32 = 1042
    package static let varchar: UInt32 = 1043
    package static let json: UInt32 = 114
    package static let date: UInt32 = 1082
    package static let timestamptz: UInt32 = 1184
    package static let numeric: UInt32 = 1700
    package static let uuid: UInt32 = 2950
    package static let jsonb: UInt32 = 3802
    package static let void: UInt32 = 2278
    package static let boolArray: UInt32 = 1000
    package static let byteaArray: UInt32 = 1001
    package static let int2Array: UInt32 = 1005
    package static let int4Array: UInt32 = 1007
    package static let textArray: UInt32 = 1009
    package static let int8Array: UInt32 = 1016
    package static let dateArray: UInt32 = 1182
    package static let timestamptzArray: UInt32 = 1185
    package static let uuidArray: UInt32 = 2951
    package static let jsonbArray: UInt32 = 3807
}

/// Moments as the program counts them, microseconds since the Unix epoch, and as PostgreSQL does, since 2000-01-01.
@usableFromInline
enum Moment {
    /// Microseconds between the two epochs.
    @usableFromInline static let epoch: Int64 = 946_684_800_000_000

    /// From PostgreSQL's count; nil for `infinity` and what the program cannot count.
    @inlinable
    static func unix(_ postgres: Int64) -> Int64? {
        if postgres == .max || postgres == .min { return nil }
        let (moment, overflow) = postgres.addingReportingOverflow(epoch)
        return overflow ? nil : moment
    }

    /// To PostgreSQL's count. What is before all that it knows becomes the smallest value that it refuses.
    @inlinable
    static func postgres(_ unix: Int64) -> Int64 {
        let (moment, overflow) = unix.subtractingReportingOverflow(epoch)
        return overflow || moment == .min ? .min + 1 : moment
    }
}
