/// The elements that a reader looks at, as a tree of names, found step by step while a document streams past.
///
/// A reader lists the paths of its fields; an element that lies on none of them is skipped with all it holds.
struct ElementTree: Sendable {
    private struct Node {
        var name: [UInt8]
        var field: Int?
        var children: [Int] = []

        func matches(_ text: UnsafePointer<UInt8>) -> Bool {
            for (index, byte) in name.enumerated() where text[index] != byte { return false }
            return text[name.count] == 0
        }
    }

    private var nodes = [Node(name: [], field: nil)]

    /// The message's own element, child of `Document`.
    static var root: Int { 0 }

    /// A tree of the paths of all cases of a field enumeration, by their order in it.
    init<Field: CaseIterable & RawRepresentable>(_: Field.Type, replacing replaced: String = "", by name: String = "")
    where Field.RawValue == String {
        for (field, path) in Field.allCases.enumerated() {
            var node = Self.root
            for step in path.rawValue.split(separator: "/") {
                let step = Array((step == replaced ? Substring(name) : step).utf8)
                if let child = nodes[node].children.first(where: { nodes[$0].name == step }) {
                    node = child
                } else {
                    nodes.append(Node(name: step, field: nil))
                    nodes[node].children.append(nodes.count - 1)
                    node = nodes.count - 1
                }
            }
            nodes[node].field = field
        }
    }

    /// The child with that name, if a reader looks at it.
    func child(of node: Int, named name: UnsafePointer<UInt8>) -> Int? {
        for child in nodes[node].children where nodes[child].matches(name) { return child }
        return nil
    }

    /// The field whose path ends at the node.
    func field(of node: Int) -> Int? { nodes[node].field }

    /// The name of the node's element.
    func name(of node: Int) -> String { String(decoding: nodes[node].name, as: UTF8.self) }
}
