import Testing

@testable import Crypto

@Test func aSignatureIsThatOfTheStandardsTestVector() throws {
    // RFC 8032, section 7.1, test 2.
    let seed = try #require(Hexadecimal.bytes("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"))
    let key = try #require(SigningKey(seed: seed))
    #expect(
        Hexadecimal.string(key.verifyingKey.bytes)
            == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    let signature = key.signature(of: [0x72])
    #expect(
        Hexadecimal.string(signature)
            == "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")
    #expect(key.verifyingKey.isValid(signature, of: [0x72]))
    #expect(!key.verifyingKey.isValid(signature, of: [0x73]))
    #expect(!SigningKey().verifyingKey.isValid(signature, of: [0x72]))
}

@Test func aNoteSurvivesBeingWrittenAndReadAndKnowsItsSigner() throws {
    let key = SigningKey()
    let note = SignedNote(text: "puente\n12\nAAAA\n", name: "puente-ledger", key: key)
    let read = try #require(SignedNote(note.description))
    #expect(read == note)
    #expect(read.isSigned(by: "puente-ledger", key.verifyingKey))
    #expect(!read.isSigned(by: "other", key.verifyingKey))
    #expect(!read.isSigned(by: "puente-ledger", SigningKey().verifyingKey))
    let changed = note.description.replacing("12", with: "13")
    #expect(try !#require(SignedNote(changed)).isSigned(by: "puente-ledger", key.verifyingKey))
    let line = SignedNote.describe(key.verifyingKey, name: "puente-ledger")
    let described = try #require(SignedNote.verifyingKey(line))
    #expect(described.name == "puente-ledger" && described.key == key.verifyingKey)
    #expect(SignedNote.verifyingKey(line.replacing("puente-ledger+", with: "puente-other+")) == nil)
    #expect(SignedNote("no signature\n") == nil)
}

@Test(arguments: [[], [1], [1, 2], [1, 2, 3], [255, 254, 0, 7]] as [[UInt8]])
func base64GoesBothWays(bytes: [UInt8]) {
    let text = Base64.encode(bytes)
    #expect(Base64.decode(text) == bytes)
    #expect(text.count % 4 == 0)
}
