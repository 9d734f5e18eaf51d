import FoundationEssentials

/// SQL text for statements that take no parameters (`COPY (SELECT …)`), into which only numbers, dates and UUIDs can be
/// interpolated: a string cannot get in, so text from outside cannot either.
public struct SQLText: ExpressibleByStringInterpolation, Sendable {
    /// The finished text.
    public let sql: String

    /// Static text.
    public init(stringLiteral value: StaticString) {
        sql = "\(value)"
    }

    /// Static text with typed values.
    public init(stringInterpolation: StringInterpolation) {
        sql = stringInterpolation.sql
    }

    /// Collects literal text and typed values.
    public struct StringInterpolation: StringInterpolationProtocol {
        var sql = ""

        /// An empty text.
        public init(literalCapacity: Int, interpolationCount: Int) {
            sql.reserveCapacity(literalCapacity + interpolationCount * 20)
        }

        /// Literal text.
        public mutating func appendLiteral(_ literal: StaticString) { sql += "\(literal)" }
        /// A whole number.
        public mutating func appendInterpolation(_ value: Int64) { sql += "(\(value))" }
        /// A whole number.
        public mutating func appendInterpolation(_ value: Int32) { sql += "(\(value))" }
        /// A UUID.
        public mutating func appendInterpolation(_ value: UUID) { sql += "'\(value.uuidString)'::uuid" }
        /// A date, as days since 2000-01-01.
        public mutating func appendInterpolation(date days: Int32) { sql += "(date '2000-01-01' + \(days))" }
    }
}
