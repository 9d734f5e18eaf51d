import Foundation

/// A source file as bytes, with what is needed to find literals in it.
struct SourceText {
    /// An argument of a call, or a parameter of a declaration: where it begins and ends, without its label.
    struct Item {
        var label: String
        var range: Range<Int>
    }

    /// Path from the repository's root.
    let path: String
    let bytes: [UInt8]

    init(path: String, _ text: String) {
        self.path = path
        bytes = Array(text.utf8)
    }

    func line(at position: Int) -> Int { bytes[..<position].count { $0 == 0x0A } + 1 }

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// Positions at which `name` begins, where it is no part of a longer name and no comment.
    func occurrences(of name: String) -> [Int] {
        let wanted = Array(name.utf8)
        var found: [Int] = []
        var position = 0
        while position + wanted.count <= bytes.count {
            if bytes[position] == wanted[0], bytes[position..<(position + wanted.count)].elementsEqual(wanted),
                position == 0 || !Self.isName(bytes[position - 1]), !isComment(position)
            {
                found.append(position)
            }
            position += 1
        }
        return found
    }

    static func isName(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
    }

    private func isComment(_ position: Int) -> Bool {
        let start = bytes[..<position].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        return text(start..<position).drop { $0 == " " }.hasPrefix("//")
    }

    /// The first position from `position` on that is neither white space nor a comment.
    func skipSpace(_ position: Int) -> Int {
        var position = position
        while position < bytes.count {
            if bytes[position] == 0x20 || bytes[position] == 0x0A {
                position += 1
            } else if bytes[position...].starts(with: "//".utf8) {
                position = bytes[position...].firstIndex(of: 0x0A) ?? bytes.count
            } else {
                break
            }
        }
        return position
    }

    /// Where the bracket that opens at `open` closes.
    func closing(_ open: Int) -> Int {
        var depth = 0
        var position = open
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
                depth -= 1
                if depth == 0 { return position }
            case UInt8(ascii: "\""): position = literal(at: position).end - 1
            case UInt8(ascii: "/") where bytes[position...].starts(with: "//".utf8):
                position = (bytes[position...].firstIndex(of: 0x0A) ?? bytes.count) - 1
            default: break
            }
            position += 1
        }
        return bytes.count - 1
    }

    /// What stands between commas within the brackets that open at `open`.
    func items(_ open: Int) -> [Item] {
        let end = closing(open)
        var items: [Item] = []
        var start = open + 1
        var position = start
        var angles = 0
        while position <= end {
            switch bytes[position] {
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): position = closing(position)
            case UInt8(ascii: "\""): position = literal(at: position).end - 1
            case UInt8(ascii: "/") where bytes[position...].starts(with: "//".utf8):
                position = (bytes[position...].firstIndex(of: 0x0A) ?? end) - 1
            case UInt8(ascii: "<") where Self.isName(bytes[position - 1]): angles += 1
            case UInt8(ascii: ">") where angles > 0: angles -= 1
            case UInt8(ascii: ",") where angles == 0, UInt8(ascii: ")") where position == end:
                let item = item(start..<position)
                if !item.range.isEmpty { items.append(item) }
                start = position + 1
            default: break
            }
            position += 1
        }
        return items
    }

    private func item(_ range: Range<Int>) -> Item {
        let start = skipSpace(range.lowerBound)
        guard start < range.upperBound else { return Item(label: "", range: start..<start) }
        var position = start
        while position < range.upperBound, Self.isName(bytes[position]) || bytes[position] == 0x20 { position += 1 }
        if position > start, position < range.upperBound, bytes[position] == UInt8(ascii: ":") {
            return Item(label: text(start..<position), range: (position + 1)..<range.upperBound)
        }
        return Item(label: "", range: start..<range.upperBound)
    }

    /// The literal that begins at `position`, with `{}` for each value in it, and where it ends.
    func literal(at position: Int) -> (pattern: String, end: Int) {
        let isLong = bytes[position...].starts(with: "\"\"\"".utf8)
        var pattern: [UInt8] = []
        var position = position + (isLong ? 3 : 1)
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\""), !isLong { return (String(decoding: pattern, as: UTF8.self), position + 1) }
            if byte == UInt8(ascii: "\""), bytes[position...].starts(with: "\"\"\"".utf8) {
                return (String(decoding: pattern, as: UTF8.self), position + 3)
            }
            if byte == UInt8(ascii: "\\"), position + 1 < bytes.count {
                switch bytes[position + 1] {
                case UInt8(ascii: "("):
                    pattern += Array("{}".utf8)
                    position = closing(position + 1) + 1
                case UInt8(ascii: "n"):
                    pattern.append(0x0A)
                    position += 2
                default:
                    pattern.append(bytes[position + 1])
                    position += 2
                }
                continue
            }
            pattern.append(byte)
            position += 1
        }
        return (String(decoding: pattern, as: UTF8.self), position)
    }

    /// The literals of an expression or a body, joined where `+` joins them; those in parentheses, in brackets and in the
    /// labels of cases are no sentences.
    func sentences(in range: Range<Int>) -> [(pattern: String, position: Int)] {
        var found: [(pattern: String, position: Int)] = []
        var position = range.lowerBound
        var isJoined = false
        while position < range.upperBound {
            switch bytes[position] {
            case UInt8(ascii: "("), UInt8(ascii: "["): position = closing(position)
            case UInt8(ascii: "/") where bytes[position...].starts(with: "//".utf8):
                position = (bytes[position...].firstIndex(of: 0x0A) ?? range.upperBound) - 1
            case UInt8(ascii: "\""):
                let (pattern, end) = literal(at: position)
                if isJoined, let last = found.popLast() {
                    found.append((last.pattern + pattern, last.position))
                } else if !pattern.isEmpty, !isLabel(position) {
                    found.append((pattern, position))
                }
                let next = skipSpace(end)
                isJoined = next < range.upperBound && bytes[next] == UInt8(ascii: "+")
                position = end - 1
            default: break
            }
            position += 1
        }
        return found
    }

    /// Whether a literal is a label of a case.
    private func isLabel(_ position: Int) -> Bool {
        let start = bytes[..<position].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let before = text(start..<position).drop { $0 == " " }
        return before.hasPrefix("case ") && !before.contains(":")
    }

    /// Where an expression that begins at `position` ends: at a line's end after which nothing continues it.
    func expressionEnd(_ position: Int) -> Int {
        var position = skipSpace(position)
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): position = closing(position)
            case UInt8(ascii: "\""): position = literal(at: position).end - 1
            case 0x0A:
                let next = skipSpace(position)
                guard next < bytes.count, "+?:.".utf8.contains(bytes[next]) else { return position }
            case UInt8(ascii: "}"): return position
            default: break
            }
            position += 1
        }
        return position
    }
}
