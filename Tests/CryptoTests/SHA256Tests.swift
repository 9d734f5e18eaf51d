import Crypto
import Testing

/// Vectors of FIPS 180-4's examples (NIST CSRC, "SHA256.pdf").
@Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
])
func aDigestEqualsThePublishedVector(text: String, expected: String) {
    #expect(Hexadecimal.string(SHA256.digest(of: text)) == expected)
}

@Test func aMillionLettersFedInUnevenPiecesHashAsOne() {
    var hash = SHA256()
    var left = 1_000_000
    var size = 1
    while left > 0 {
        hash.update([UInt8](repeating: UInt8(ascii: "a"), count: min(size, left)))
        left -= size
        size = size * 3 % 8191 + 1
    }
    let expected = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    #expect(Hexadecimal.string(hash.finalize()) == expected)
}

@Test func hexadecimalReadsBackEveryByteInBothCases() {
    let bytes = (UInt8.min...UInt8.max).map { $0 }
    let text = Hexadecimal.string(bytes)
    #expect(Hexadecimal.bytes(text) == bytes)
    #expect(Hexadecimal.bytes(text.uppercased()) == bytes)
}

@Test(arguments: ["0", "0g", "zz", "é1"])
func hexadecimalRefusesWhatIsNotDigitPairs(text: String) {
    #expect(Hexadecimal.bytes(text) == nil)
}
