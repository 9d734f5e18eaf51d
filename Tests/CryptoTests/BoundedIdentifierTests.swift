import Crypto
import Testing

struct BoundedIdentifierTests {
    @Test func aTextWithinTheLimitStaysAsItIs() {
        #expect(BoundedIdentifier.make(String(repeating: "a", count: 64)) == String(repeating: "a", count: 64))
    }

    @Test func aLongerTextKeepsItsBeginningAndDiffersByItsWhole() {
        let long = String(repeating: "a", count: 65)
        let made = BoundedIdentifier.make(long)
        #expect(made.utf8.count == 64)
        #expect(made.hasPrefix("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa~"))
        #expect(BoundedIdentifier.make(long + "b") != made)
        #expect(BoundedIdentifier.make(long) == made)
    }

    @Test func charactersOfSeveralBytesAreNotCutApart() {
        let made = BoundedIdentifier.make(String(repeating: "ñ", count: 40))
        #expect(made.utf8.count <= 64)
        #expect(made.contains("~"))
    }
}
