import Testing
import TransfersDomain

@Suite struct PaymentIdentifierTests {
    @Test(arguments: [
        ("juntos", "2024-4", Int32(1), "JUNTOS20244R1"),
        ("familias_en_accion", "2021-10/11", 12, "FAMILIA20211011R12"),
        ("ñandú", "é", 1, "ANDR1"),
    ])
    func shortCodesKeepLettersAndDigits(programme: String, cycle: String, sequence: Int32, code: String) {
        #expect(RunShortCode(programme: programme, cycle: cycle, sequence: sequence).description == code)
    }

    @Test func anEndToEndIdFitsThirtyFiveCharactersForEveryHousehold() {
        let code = RunShortCode(programme: "abcdefghij", cycle: "1234567890", sequence: 99)
        let identifier = code.endToEndId(household: 999_999_999_999_999)
        #expect(identifier == "ABCDEFG12345678R99-999999999999999")
        #expect(identifier.utf8.count <= 35)
    }

    @Test func aPostingIdNamesRunStepAndLine() {
        let code = RunShortCode(programme: "juntos", cycle: "2024-4", sequence: 1)
        let identifier = code.postingId(step: "RESERVE1", line: "2024-RO-MIDIS-juntos-06")
        #expect(identifier == "JUNTOS20244R1/RESERVE1/2024-RO-MIDIS-juntos-06")
        #expect(identifier.utf8.count <= 64)
    }
}
