extension CopyWriter {
    /// A `text[]` without NULL elements.
    public mutating func add(_ texts: [String]) {
        missing -= 1
        let bytes = texts.map { Array($0.utf8) }
        let length = bytes.isEmpty ? 12 : bytes.reduce(20) { $0 + 4 + $1.count }
        reserve(4 + length)
        put(Int32(truncatingIfNeeded: length))
        put(Int32(bytes.isEmpty ? 0 : 1))
        put(Int32(0))
        put(TypeNumber.text)
        guard !bytes.isEmpty else { return }
        put(Int32(truncatingIfNeeded: bytes.count))
        put(Int32(1))
        for text in bytes {
            put(Int32(truncatingIfNeeded: text.count))
            for byte in text { put(byte) }
        }
    }
}
