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
    #expect(refusal("")?.reason == .empty)
    #expect(refusal("<Document/>")?.reason == .unknownMessage)
    #expect(refusal("<Other xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.10\"/>")?.reason == .unknownMessage)
}

@Test(
    arguments: [
        (Array("household_id,territory_code\n1,2\n".utf8), "csv"), (Array("fecha;importe\n".utf8), "csv"),
        (Array("Estimado cliente".utf8), "text"), (Array("{\"a\": 1}".utf8), "json"), (Array("%PDF-1.7\n".utf8), "pdf"),
        (Array("{1:F01BANCPEPL}{4:\n:20:X".utf8), "mt940"), ([0x1F, 0x8B, 8, 0], "gzip"),
        ([0xD0, 0xCF, 0x11, 0xE0], "workbook"),
        ([0x50, 0x4B, 3, 4] + [UInt8](repeating: 0, count: 26) + Array("[Content_Types].xml".utf8), "workbook"),
        ([0x50, 0x4B, 3, 4] + [UInt8](repeating: 0, count: 26) + Array("camt.053.xml".utf8), "zip"),
    ] as [([UInt8], String)])
func aFileThatIsSomethingElseIsNamed(bytes: [UInt8], kind: String) {
    let refusal = refusal(bytes)
    #expect(refusal?.reason == .notXML)
    #expect(refusal?.value("found") == kind)
}

@Test func onlyUTF8IsRead() {
    let text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?>\(opening)</CstmrPmtStsRpt></Document>"
    let little: [UInt8] =
        [0xFF, 0xFE] + text.utf16.flatMap { unit -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    let big: [UInt8] = [0xFE, 0xFF] + text.utf16.flatMap { unit -> [UInt8] in [UInt8(unit >> 8), UInt8(unit & 0xFF)] }
    #expect(refusal(little) == MessageRefusal(.notUTF8, line: 1, ["found": "UTF-16LE"]))
    #expect(refusal(big) == MessageRefusal(.notUTF8, line: 1, ["found": "UTF-16BE"]))
    let latin = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\(opening)</CstmrPmtStsRpt></Document>"
    #expect(refusal(latin) == MessageRefusal(.notUTF8, line: 1, ["found": "ISO-8859-1"]))
}

@Test func anotherVersionAndOurOwnFileAreNamedWithWhatIsRead() {
    let urn = "urn:iso:std:iso:20022:tech:xsd:"
    #expect(
        refusal("<Document xmlns=\"\(urn)camt.053.001.12\"/>")
            == MessageRefusal(
                .unknownVersion, line: 1, ["message": "camt.053", "found": "001.12", "read": "001.02, 001.08"]))
    #expect(
        refusal("<Document xmlns=\"\(urn)pain.001.001.09\"/>")
            == MessageRefusal(.ownFile, line: 1, ["found": "pain.001.001.09"]))
    #expect(
        refusal("<Document xmlns=\"\(urn)camt.052.001.08\"/>")
            == MessageRefusal(.unknownMessage, line: 1, ["found": "camt.052.001.08"]))
}

@Test func severalDocumentsInOneFileAreNamed() {
    let document = """
        \(opening)<GrpHdr><MsgId>1</MsgId></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>2</OrgnlMsgId></OrgnlGrpInfAndSts>\
        </CstmrPmtStsRpt></Document>
        """
    #expect(refusal(document) == nil)
    #expect(refusal(document + "\n" + document) == MessageRefusal(.severalDocuments, line: 2))
}

@Test func anElementHasAtMostSixteenAttributesAndNamespaces() {
    func element(_ count: Int) -> String {
        "\(opening)<GrpHdr" + (1...count).map { " xmlns:a\($0)=\"urn:\($0)\"" }.joined() + "><MsgId>"
    }
    #expect(refusal(element(16))?.reason == .malformed)
    #expect(refusal(element(17))?.value("what") == "attributes")
    let clock = ContinuousClock()
    let took = clock.measure { #expect(refusal(element(200_000))?.value("what") == "attributes") }
    #expect(took < .seconds(5))
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
