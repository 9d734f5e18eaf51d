import Contracts
import Testing

/// Our JSON against Python's protobuf package, which knows the same protos and nothing of our code.
struct PythonPeerTests {
    static let directories = [Repository.exampleProtos.path, Repository.protos.path]
    static let types: [String: any Message.Type] = Dictionary(
        uniqueKeysWithValues: (AllMessages.all + ExampleV1.messages).map { ($0.fullName, $0) })

    @Test func pythonReadsWhatWeWriteAndWeReadWhatPythonWrites() throws {
        let edges = try run(Repository.peer, ["edges"] + Self.directories)
        #expect(edges.status == 0, "\(edges.output.suffix(2_000))")
        var ours: [(type: any Message.Type, json: [UInt8])] = []
        for line in edges.output.split(separator: "\n") where line.contains("\t") {
            let parts = line.split(separator: "\t", maxSplits: 1)
            let type = try #require(Self.types[String(parts[0])], "\(parts[0]) has no Swift type")
            ours.append((type, try type.init(json: Array(parts[1].utf8)).json()))
        }
        // Twelve messages of every type.
        #expect(ours.count == 12 * Self.types.count)
        let input = ours.map { "\($0.type.fullName)\t\(String(decoding: $0.json, as: UTF8.self))\n" }.joined()
        let echo = try run(Repository.peer, ["echo"] + Self.directories, input: input)
        let lines = echo.output.split(separator: "\n")
        #expect(lines.count == ours.count, "\(echo.output.prefix(2_000))")
        for ((type, json), line) in zip(ours, lines) {
            #expect(line != "refused", "\(type.fullName): \(String(decoding: json, as: UTF8.self).prefix(300))")
            guard line != "refused" else { continue }
            // Read back from Python, the message is the same, and so are its canonical bytes.
            #expect(try type.init(json: Array(line.utf8)).json() == json, "\(type.fullName): \(line.prefix(300))")
            // Both write the same members with the same values, whatever the spacing and the order.
            #expect(try sorted(JSONValue(json: Array(line.utf8))) == sorted(JSONValue(json: json)), "\(type.fullName)")
        }
    }

    static let refused = [
        #"{"signedLong": "9223372036854775808"}"#, #"{"signedLong": "1.5"}"#, #"{"signedLong": true}"#,
        #"{"unsignedLong": "-1"}"#, #"{"signedShort": 2147483648}"#, #"{"flag": "true"}"#, #"{"text": 5}"#,
        #"{"moment": "2024-02-30T00:00:00Z"}"#,
        #"{"moment": "2024-02-03 00:00:00"}"#, #"{"length": "1.5"}"#, #"{"length": "315576000001s"}"#,
        #"{"colour": "COLOUR_MAUVE"}"#, #"{"nothing": 1}"#, #"{"nothing": null}"#, #"{"texts": "a"}"#,
        #"{"texts": [null]}"#,
        #"{"labels": {"a": null}}"#, #"{"text": "a", "text": "b"}"#, #"["#, #"{"text": "\ud800"}"#,
    ]

    @Test func bothEndsRefuse() throws {
        let answers = try echo(Self.refused)
        for (json, answer) in zip(Self.refused, answers) {
            #expect(answer == "refused", "\(json): Python says \(answer)")
            #expect(throws: RPCError.self, "\(json)") { try ExampleV1.Everything(written: Array(json.utf8)) }
        }
    }

    /// Python takes these: it reads the first as infinity, skips what is no base64, and takes an empty array for an object.
    @Test(arguments: [#"{"wide": "1e999"}"#, #"{"raw": "é"}"#, #"{"awkward": []}"#, #"{"raw": "AAAAA"}"#])
    func weRefuseWhatPythonLetsPass(_ json: String) {
        #expect(throws: RPCError.self) { try ExampleV1.Everything(json: json) }
    }

    static let odd = [
        #"{"signedLong": 12, "unsigned_long": 13, "signedShort": "14"}"#, #"{"signedLong": 1e3, "signedShort": 2.0}"#,
        #"{"raw": "_-8"}"#,
        #"{"wide": "2.5", "narrow": 1}"#,
        #"{"moment": "2024-02-29T12:00:00.25-05:00", "length": "-0.000000001s"}"#,
        #"{"colour": 2, "colours": ["COLOUR_INFRARED", 0]}"#,
        #"{"text": null, "texts": null, "labels": null, "awkward": null, "maybeText": null, "colour": null}"#,
        #"{"text": "é😀\/\b\f"}"#, #"{"maybeText": "", "maybeLong": "0", "maybe_raw": ""}"#,
    ]

    @Test func bothEndsReadTheSame() throws {
        for (json, answer) in zip(Self.odd, try echo(Self.odd)) {
            let ours = try ExampleV1.Everything(json: json)
            #expect(try ExampleV1.Everything(json: answer) == ours, "\(json): Python says \(answer)")
        }
    }

    /// What Python makes of each JSON of `ExampleV1.Everything`.
    private func echo(_ texts: [String]) throws -> [String] {
        let input = texts.map { "puente.example.v1.Everything\t\($0)\n" }.joined()
        let lines = try run(Repository.peer, ["echo"] + Self.directories, input: input).output.split(separator: "\n")
        try #require(lines.count == texts.count)
        return lines.map(String.init)
    }

    private func sorted(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let members): .object(members.map { ($0.name, sorted($0.value)) }.sorted { $0.0 < $1.0 })
        case .array(let elements): .array(elements.map(sorted))
        // Python writes 1.0 and 1e+300 where others write 1 and 1e300.
        case .number(let text): .number(Double(text).map { "\($0)" } ?? text)
        case .null, .bool, .string: value
        }
    }
}
