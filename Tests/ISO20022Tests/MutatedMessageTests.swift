import Foundation
import ISO20022
import Testing

/// A generator that gives the same numbers for the same seed.
private struct SeededNumbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

private let statement = """
    <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
    <GrpHdr><MsgId>BK-9</MsgId><CreDtTm>2024-09-10T18:00:00Z</CreDtTm></GrpHdr><Stmt><Id>1</Id>
    <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="PEN">900.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
    <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="PEN">500.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
    <TxsSummry><TtlNtries><NbOfNtries>1</NbOfNtries><Sum>400.00</Sum></TtlNtries></TxsSummry>
    <Ntry><Amt Ccy="PEN">400.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
    <BookgDt><Dt>2024-09-10</Dt></BookgDt><NtryDtls><Btch><NbOfTxs>2</NbOfTxs><TtlAmt Ccy="PEN">400.00</TtlAmt></Btch>
    <TxDtls><Refs><EndToEndId>E2E-1</EndToEndId></Refs><Amt Ccy="PEN">150.00</Amt></TxDtls>
    <TxDtls><Refs><EndToEndId>E2E-2</EndToEndId></Refs><Amt Ccy="PEN">250.00</Amt></TxDtls></NtryDtls></Ntry>
    </Stmt></BkToCstmrStmt></Document>
    """

@Test func noMutatedMessageStopsTheReader() throws {
    var numbers = SeededNumbers(state: 7)
    let original = Array(statement.utf8)
    let whole = try events(original)
    var refused = 0
    for _ in 0..<3000 {
        var bytes = original
        for _ in 0..<Int.random(in: 1...3, using: &numbers) {
            let place = Int.random(in: 0..<bytes.count, using: &numbers)
            switch Int.random(in: 0..<4, using: &numbers) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &numbers)
            case 1: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...40, using: &numbers)))
            case 2: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 60)], at: place)
            default: bytes[place] = UInt8.random(in: 0x30...0x39, using: &numbers)
            }
            if bytes.isEmpty { bytes = [0] }
        }
        do { _ = try events(bytes, piece: Int.random(in: 1...2000, using: &numbers)) } catch is MessageRefusal {
            refused += 1
        }
    }
    #expect(refused > 1500)
    #expect(try events(original) == whole)
}

/// A change of one amount, anywhere, is seen: every amount of the statement takes part in some total.
@Test func everyChangedAmountIsRefused() throws {
    for amount in ["900.00", "500.00", ">400.00", "150.00", "250.00"] {
        var rest = statement[...]
        while let found = rest.range(of: amount) {
            let changed = amount.replacing("0.00", with: "0.01")
            let document = statement.replacingCharacters(in: found, with: changed)
            #expect(refusal(document)?.reason == .totalsDiffer, "\(amount)")
            rest = rest[found.upperBound...]
        }
    }
}

@Test func declaredTotalsBeyondAllMeasureAreRefused() {
    let huge = "<NbOfTxsPerSts><DtldNbOfTxs>999999999999999</DtldNbOfTxs><DtldSts>ACSP</DtldSts></NbOfTxsPerSts>"
    let document = """
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
        <GrpHdr><MsgId>1</MsgId></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>1</OrgnlMsgId><OrgnlNbOfTxs>1</OrgnlNbOfTxs>
        \(String(repeating: huge, count: 20_000))</OrgnlGrpInfAndSts></CstmrPmtStsRpt></Document>
        """
    #expect(refusal(document)?.reason == .tooLarge)
}
