import Testing
import TransfersDomain

@Suite struct PaymentIdentifierTests {
    @Test(
        arguments: [
            ("JUNTOSA1B2C3-1010000000", "JUNTOSA1B2C3", 1_010_000_000, 1),
            ("JUNTOSA1B2C3-1010000000-2", "JUNTOSA1B2C3", 1_010_000_000, 2),
            ("K-9223372036854775807-32767", "K", Int64.max, 32_767),
        ] as [(String, String, Int64, Int16)])
    func aReferenceNamesCycleHouseholdAndOrder(_ text: String, _ key: String, _ household: Int64, _ number: Int16) {
        let reference = PaymentReference(text)
        #expect(reference?.paymentKey == key)
        #expect(reference?.household == household)
        #expect(reference?.orderNumber == number)
    }

    @Test(arguments: [
        "", "K", "K-", "-1", "K-0", "K-01", "K-+1", "K--1", "K-1-1", "K-1-0", "K-1-02", "K-1-2-3", "K-1-32768", "K-1 ",
        "K-9223372036854775808", "K-1-",
    ])
    func anyOtherTextIsNoReference(_ text: String) { #expect(PaymentReference(text) == nil) }
}
