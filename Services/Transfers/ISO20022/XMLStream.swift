import CXML

/// The text of an element that has just ended.
struct ElementText {
    /// Its bytes without the white space around them, valid during the call only.
    let bytes: UnsafeRawBufferPointer
    /// Its attribute `Ccy`, or nothing.
    let currency: String
    /// Line of its end.
    let line: Int

    /// Its bytes as a string.
    var string: String { String(decoding: bytes, as: UTF8.self) }
}

/// Takes the elements of one message as they stream past.
protocol ElementReceiver: AnyObject {
    /// The elements it looks at.
    var tree: ElementTree { get }
    /// An element with a field began.
    func opened(_ field: Int, line: Int) throws(MessageRefusal)
    /// An element with a field ended.
    func closed(_ field: Int, _ text: ElementText) throws(MessageRefusal)
    /// The document ended.
    func finished(line: Int) throws(MessageRefusal)
}

/// Parses XML that arrives in pieces, in constant memory, with libxml2's SAX interface.
///
/// Nothing outside the bytes is ever read: a document type declaration ends the parsing, so there are no entities.
final class XMLStream {
    private let limits: ReadingLimits
    private let receiverOf: (_ namespace: String, _ line: Int) throws(MessageRefusal) -> any ElementReceiver
    private var receiver: (any ElementReceiver)?
    private var context: xmlParserCtxtPtr?
    private var refusal: MessageRefusal?
    private var bytes = 0
    /// The nodes of the open elements that are looked at, from the message's own.
    private var path: [Int] = []
    private var depth = 0
    /// Open elements below the last one that is looked at.
    private var skipped = 0
    private var namespace: UnsafePointer<xmlChar>?
    private var text: [UInt8] = []
    private var currency = ""
    private var opening = FileOpening()
    private var isRootEnded = false

    /// Bytes of an element's tag that are waited for; the messages' own are below 200.
    private static let longestTag = 1 << 17

    /// A parser that asks for a receiver when it knows the document's namespace.
    init(
        limits: ReadingLimits,
        receiverOf: @escaping (_ namespace: String, _ line: Int) throws(MessageRefusal) -> any ElementReceiver
    ) {
        self.limits = limits
        self.receiverOf = receiverOf
    }

    deinit {
        if let context {
            if let document = context.pointee.myDoc { xmlFreeDoc(document) }
            xmlFreeParserCtxt(context)
        }
    }

    /// The line that is being read.
    var line: Int { max(1, Int(context.map { xmlSAX2GetLineNumber($0) } ?? 1)) }

    /// Parses the next bytes.
    func feed(_ chunk: UnsafeRawBufferPointer) throws(MessageRefusal) {
        if let refusal { throw refusal }
        bytes += chunk.count
        guard bytes <= limits.bytes else { throw tooLarge("bytes", limits.bytes) }
        opening.add(chunk)
        let context = try openContext()
        var rest = chunk
        while !rest.isEmpty {
            let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 16))
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(piece.count))
            let start = piece.baseAddress!.assumingMemoryBound(to: CChar.self)
            let outcome = xmlParseChunk(context, start, Int32(piece.count), 0)
            if let refusal { throw refusal }
            if outcome != 0 { throw malformed() }
            if let input = context.pointee.input, input.pointee.end - input.pointee.cur > Self.longestTag {
                throw tooLarge("attributes", limits.attributes)
            }
        }
    }

    /// Says that there are no more bytes.
    func finish() throws(MessageRefusal) {
        if let refusal { throw refusal }
        guard bytes > 0, let context else { throw MessageRefusal(.empty, line: 1) }
        let outcome = xmlParseChunk(context, nil, 0, 1)
        if let refusal { throw refusal }
        guard outcome == 0, context.pointee.wellFormed == 1, let receiver else { throw malformed() }
        try receiver.finished(line: line)
    }

    private func malformed() -> MessageRefusal {
        let code = xmlCtxtGetLastError(context).map { Int($0.pointee.code) } ?? 0
        let found =
            if let encoding = opening.foreignEncoding {
                MessageRefusal(.notUTF8, line: 1, ["found": encoding])
            } else if let kind = opening.foreignKind {
                MessageRefusal(.notXML, line: 1, ["found": kind])
            } else if isRootEnded, code == Int(XML_ERR_DOCUMENT_END.rawValue) {
                MessageRefusal(.severalDocuments, line: line)
            } else {
                MessageRefusal(.malformed, line: line, ["error": String(code)])
            }
        refusal = found
        return found
    }

    private func tooLarge(_ what: String, _ limit: Int) -> MessageRefusal {
        MessageRefusal(.tooLarge, line: line, ["what": what, "limit": String(limit)])
    }

    private func openContext() throws(MessageRefusal) -> xmlParserCtxtPtr {
        if let context { return context }
        var handler = xmlSAXHandler()
        handler.initialized = UInt32(XML_SAX2_MAGIC)
        handler.internalSubset = { state, _, _, _ in
            let stream = XMLStream.of(state)
            stream.stop(MessageRefusal(.doctype, line: stream.line))
        }
        handler.startElementNs = { state, name, _, uri, namespaces, _, attributes, _, values in
            guard let name else { return }
            XMLStream.of(state).began(
                name, uri: uri, namespaces: Int(namespaces), attributes: Int(attributes), values)
        }
        handler.endElementNs = { state, _, _, _ in XMLStream.of(state).ended() }
        handler.characters = { state, start, count in XMLStream.of(state).read(start, Int(count)) }
        handler.cdataBlock = { state, start, count in XMLStream.of(state).read(start, Int(count)) }
        let state = Unmanaged.passUnretained(self).toOpaque()
        guard let context = xmlCreatePushParserCtxt(&handler, state, nil, 0, nil) else {
            throw MessageRefusal(.malformed, line: 1, ["error": "0"])
        }
        let options = XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
        _ = xmlCtxtUseOptions(context, Int32(options))
        self.context = context
        return context
    }

    private static func of(_ state: UnsafeMutableRawPointer?) -> XMLStream {
        Unmanaged<XMLStream>.fromOpaque(state!).takeUnretainedValue()
    }

    private func stop(_ found: MessageRefusal) {
        if refusal == nil { refusal = found }
        xmlStopParser(context)
    }

    private func began(
        _ name: UnsafePointer<xmlChar>, uri: UnsafePointer<xmlChar>?, namespaces: Int, attributes: Int,
        _ values: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    ) {
        guard refusal == nil else { return }
        depth += 1
        guard depth <= limits.depth else { return stop(tooLarge("depth", limits.depth)) }
        guard namespaces + attributes <= limits.attributes else {
            return stop(tooLarge("attributes", limits.attributes))
        }
        text.removeAll(keepingCapacity: true)
        switch depth {
        case 1: beganDocument(name, uri)
        case 2: path.append(ElementTree.root)
        default:
            // libxml2 keeps one copy of each name, so that equal namespaces are equal pointers.
            guard let receiver, skipped == 0, uri == namespace, let parent = path.last,
                let node = receiver.tree.child(of: parent, named: name)
            else {
                skipped += 1
                return
            }
            path.append(node)
            currency = attributes > 0 ? Self.currency(attributes, values) : ""
            guard let field = receiver.tree.field(of: node) else { return }
            do throws(MessageRefusal) { try receiver.opened(field, line: line) } catch { stop(error) }
        }
    }

    private func beganDocument(_ name: UnsafePointer<xmlChar>, _ uri: UnsafePointer<xmlChar>?) {
        namespace = uri
        if let encoding = foreignEncoding {
            return stop(MessageRefusal(.notUTF8, line: 1, ["found": encoding]))
        }
        let found = uri.map { String(cString: $0) } ?? ""
        let root = String(cString: name)
        guard root == "Document" else {
            return stop(
                MessageRefusal(
                    .unknownMessage, line: line,
                    ["found": found.isEmpty ? String(root.prefix(80)) : String(found.prefix(80))]))
        }
        do throws(MessageRefusal) { receiver = try receiverOf(found, line) } catch { stop(error) }
    }

    /// The encoding, where it is not UTF-8: by the bytes, or as the file declares it.
    private var foreignEncoding: String? {
        if let encoding = opening.foreignEncoding { return encoding }
        guard let declared = context?.pointee.encoding else { return nil }
        let name = String(cString: declared).uppercased()
        return ["UTF-8", "UTF8", "US-ASCII", "ASCII"].contains(name) ? nil : String(name.prefix(20))
    }

    private func ended() {
        guard refusal == nil else { return }
        depth -= 1
        if depth == 0 { isRootEnded = true }
        if skipped > 0 {
            skipped -= 1
            return
        }
        guard depth >= 1, let node = path.popLast(), let receiver, let field = receiver.tree.field(of: node) else {
            return
        }
        let line = line
        let currency = currency
        let refusal = text.withUnsafeBytes { bytes -> MessageRefusal? in
            do throws(MessageRefusal) {
                try receiver.closed(field, ElementText(bytes: trimmed(bytes), currency: currency, line: line))
                return nil
            } catch {
                return error
            }
        }
        if let refusal { stop(refusal) }
        text.removeAll(keepingCapacity: true)
    }

    private func read(_ start: UnsafePointer<xmlChar>?, _ count: Int) {
        guard refusal == nil, skipped == 0, depth > 2, let start else { return }
        guard text.count + count <= limits.text else { return stop(tooLarge("text", limits.text)) }
        text.append(contentsOf: UnsafeBufferPointer(start: start, count: count))
    }

    private func trimmed(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        var rest = bytes[...]
        while let first = rest.first, isSpace(first) { rest.removeFirst() }
        while let last = rest.last, isSpace(last) { rest.removeLast() }
        return UnsafeRawBufferPointer(rebasing: rest)
    }

    /// Attributes come as five pointers each: name, prefix, namespace, start and end of the value.
    private static func currency(_ count: Int, _ values: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?) -> String {
        guard let values else { return "" }
        for index in 0..<count {
            guard let name = values[index * 5], name[0] == 0x43, name[1] == 0x63, name[2] == 0x79, name[3] == 0,
                let start = values[index * 5 + 3], let end = values[index * 5 + 4]
            else { continue }
            return String(decoding: UnsafeBufferPointer(start: start, count: min(end - start, 8)), as: UTF8.self)
        }
        return ""
    }
}
