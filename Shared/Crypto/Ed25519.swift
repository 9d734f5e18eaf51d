import COpenSSL

/// A private Ed25519 key.
public struct SigningKey: Sendable {
    /// The 32 secret bytes.
    public let seed: [UInt8]
    /// The key that verifies its signatures.
    public let verifyingKey: VerifyingKey

    /// A new random key.
    public init() {
        var seed = [UInt8](repeating: 0, count: 32)
        precondition(RAND_bytes(&seed, 32) == 1, "the system has no randomness")
        self.init(seed: seed)!
    }

    /// The key of 32 secret bytes.
    public init?(seed: [UInt8]) {
        guard seed.count == 32, let key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, 32) else {
            return nil
        }
        defer { EVP_PKEY_free(key) }
        var bytes = [UInt8](repeating: 0, count: 32)
        var count = 32
        guard EVP_PKEY_get_raw_public_key(key, &bytes, &count) == 1 else { return nil }
        self.seed = seed
        verifyingKey = VerifyingKey(checked: bytes)
    }

    /// The 64 bytes of the signature of a message; the same key and message always give the same signature.
    public func signature(of message: [UInt8]) -> [UInt8] {
        let key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, 32)
        let context = EVP_MD_CTX_new()
        defer {
            EVP_MD_CTX_free(context)
            EVP_PKEY_free(key)
        }
        var signature = [UInt8](repeating: 0, count: 64)
        var count = 64
        precondition(
            EVP_DigestSignInit(context, nil, nil, nil, key) == 1
                && EVP_DigestSign(context, &signature, &count, message, message.count) == 1,
            "OpenSSL refused to sign")
        return signature
    }
}

/// A public Ed25519 key.
public struct VerifyingKey: Sendable, Hashable {
    /// The 32 bytes.
    public let bytes: [UInt8]

    /// The key of 32 bytes.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 32, let key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, bytes, 32) else {
            return nil
        }
        EVP_PKEY_free(key)
        self.bytes = bytes
    }

    init(checked bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Whether the key's owner signed the message.
    public func isValid(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        guard signature.count == 64, let key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, bytes, 32) else {
            return false
        }
        let context = EVP_MD_CTX_new()
        defer {
            EVP_MD_CTX_free(context)
            EVP_PKEY_free(key)
        }
        return EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1
            && EVP_DigestVerify(context, signature, 64, message, message.count) == 1
    }
}
