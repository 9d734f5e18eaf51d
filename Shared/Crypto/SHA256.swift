import COpenSSL

/// SHA-256 over bytes that arrive piece by piece (FIPS 180-4, computed by OpenSSL).
///
/// Not copyable: OpenSSL's context has one owner, and a finished hash cannot be continued by mistake.
public struct SHA256: ~Copyable {
    /// Length of a digest in bytes.
    public static let byteCount = 32

    private let context: OpaquePointer

    /// Starts a hash of no bytes.
    public init() {
        guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
            fatalError("OpenSSL offers no SHA-256")
        }
        self.context = context
    }

    deinit {
        EVP_MD_CTX_free(context)
    }

    /// Adds bytes.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress, !bytes.isEmpty else { return }
        precondition(EVP_DigestUpdate(context, base, bytes.count) == 1, "SHA-256 update failed")
    }

    /// Adds bytes.
    public mutating func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { update($0) }
    }

    /// The digest of everything added.
    public consuming func finalize() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: Self.byteCount) { buffer, count in
            precondition(EVP_DigestFinal_ex(context, buffer.baseAddress, nil) == 1, "SHA-256 final failed")
            count = Self.byteCount
        }
    }

    /// The digest of bytes that are all at hand.
    public static func digest(of bytes: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        hash.update(bytes)
        return hash.finalize()
    }

    /// The digest of a text's UTF-8 bytes.
    public static func digest(of text: String) -> [UInt8] {
        digest(of: Array(text.utf8))
    }
}
