import ISO20022
import Testing

private let opening = "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.10\"><CstmrPmtStsRpt>"

@Test func aDocumentTypeDeclarationIsRefused() {
    let bomb = """
        <!DOCTYPE Document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>
        \(opening)<GrpHdr><MsgId>&b;&x;</MsgId></GrpHdr></CstmrPmtStsRpt></Document>
        """
    #expect(refusal(bomb)?.reason == .doctype)
    #expect(refusal(bomb)?.line == 1)
}

@Test func anUndeclaredEntityIsMalformed() {
    #expect(
        refusal("\(opening)<GrpHdr><MsgId>&nosuch;</MsgId></GrpHdr></CstmrPmtStsRpt></Document>")?.reason == .malformed)
}

@Test func aFileThatIsCutOffIsMalformedAtItsLastLine() {
    #expect(refusal("<?xml version=\"1.0\"?>\n\(opening)\n<GrpHdr>\n<MsgId>1</MsgId>")?.reason == .malformed)
    #expect(refusal("<?xml version=\"1.0\"?>\n\(opening)\n<GrpHdr>\n</MsgId>")?.line == 4)
}

@Test func otherMessagesAndOtherFilesAreRefused() {
    #expect(refusal("")?.reason == .malformed)
    #expect(refusal("household_id,territory_code\n1,2\n")?.reason == .malformed)
    #expect(refusal("<Document/>")?.reason == .unknownMessage)
    #expect(refusal("<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.09\"/>")?.reason == .unknownMessage)
    #expect(refusal("<Other xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.10\"/>")?.reason == .unknownMessage)
}

@Test func aMessageWithoutItsIdentifierIsRefused() {
    #expect(refusal("\(opening)</CstmrPmtStsRpt></Document>")?.reason == .missingElement)
}

@Test func textOfAnotherNamespaceIsNotTaken() {
    let document = """
        \(opening)<GrpHdr><x:MsgId xmlns:x="urn:other">BK</x:MsgId></GrpHdr></CstmrPmtStsRpt></Document>
        """
    #expect(refusal(document)?.reason == .missingElement)
}

@Test func filesBeyondTheLimitsAreRefused() throws {
    let deep = opening + String(repeating: "<a>", count: 50)
    #expect(refusal(deep)?.reason == .tooLarge)
    let long = opening + "<GrpHdr><MsgId>" + String(repeating: "x", count: 5000) + "</MsgId>"
    #expect(refusal(long)?.reason == .tooLarge)
    #expect(throws: MessageRefusal.self) {
        try events(Array(opening.utf8), limits: ReadingLimits(bytes: 10))
    }
}

@Test func bytesThatAreNotUTF8AreMalformed() {
    let bytes = Array("\(opening)<GrpHdr><MsgId>".utf8) + [0xFF, 0xFE] + Array("</MsgId></GrpHdr>".utf8)
    #expect(throws: MessageRefusal.self) { try events(bytes) }
}

@Test func aReaderStaysRefusedAfterARefusal() throws {
    let reader = BankMessageReader()
    var events: [BankEvent] = []
    for _ in 0..<2 {
        #expect(throws: MessageRefusal.self) {
            try Array("<!DOCTYPE a>\(opening)".utf8).withUnsafeBytes { try reader.feed($0, into: &events) }
        }
    }
    #expect(events.isEmpty)
}
