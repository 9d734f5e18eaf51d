/// One record, lent for the length of a call: its bytes are overwritten by the next one.
public struct CSVRow: ~Copyable {
    /// Where a field lies in the reader's buffer.
    @usableFromInline
    struct Extent {
        @usableFromInline var start: Int
        @usableFromInline var count: Int
        /// Holds doubled quotes that must become single ones.
        @usableFromInline var isEscaped: Bool

        @usableFromInline
        init(start: Int, count: Int, isEscaped: Bool) {
            self.start = start
            self.count = count
            self.isEscaped = isEscaped
        }
    }

    /// Line on which the record begins, from 1.
    public let line: Int
    /// Number of fields.
    public let count: Int
    /// What is wrong with the record; its fields are then not to be trusted.
    public let fault: CSVFault?

    @usableFromInline let base: UnsafePointer<UInt8>
    @usableFromInline let extents: UnsafePointer<Extent>

    init(line: Int, count: Int, fault: CSVFault?, base: UnsafePointer<UInt8>, extents: UnsafePointer<Extent>) {
        self.line = line
        self.count = count
        self.fault = fault
        self.base = base
        self.extents = extents
    }

    /// The bytes of a field, without its quotes. Valid during the call that lends the row.
    @inlinable
    public subscript(index: Int) -> UnsafeRawBufferPointer {
        precondition(index >= 0 && index < count, "no such field")
        let extent = extents[index]
        return UnsafeRawBufferPointer(start: base + extent.start, count: extent.count)
    }

    /// A copy of a field as text.
    public func string(_ index: Int) -> String {
        String(decoding: self[index], as: UTF8.self)
    }

    /// Copies of every field.
    public func strings() -> [String] {
        (0..<count).map { string($0) }
    }
}
