import Foundation
import ISO20022
import Testing
import Vocabulary

/// Bytes collected by a writer's sink.
final class Collected {
    var bytes: [UInt8] = []
    var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// The schemas and samples of ISO 20022; tests that need them run where they are.
enum ReferenceData {
    static let directory: String? = ProcessInfo.processInfo.environment["PUENTE_REFERENCE_DATA"]
        .map { $0 + "/iso20022" }
        .flatMap { FileManager.default.fileExists(atPath: $0) ? $0 : nil }

    static func sample(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: try #require(directory) + "/samples/" + name)))
    }
}

extension Trait where Self == ConditionTrait {
    /// Runs only where `PUENTE_REFERENCE_DATA` holds the schemas and samples of ISO 20022.
    static var needsReferenceData: Self {
        .enabled(if: ReferenceData.directory != nil, "PUENTE_REFERENCE_DATA holds no iso20022")
    }
}

/// What `xmllint` says about a document against a schema; empty when it is valid.
func xmllint(_ document: [UInt8], schema: String) throws -> String {
    let path = NSTemporaryDirectory() + "puente-\(UUID().uuidString).xml"
    try Data(document).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    let xsd = try #require(ReferenceData.directory) + "/xsd/" + schema
    process.arguments = ["xmllint", "--noout", "--nonet", "--schema", xsd, path]
    let output = Pipe()
    process.standardError = output
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return process.terminationStatus == 0 ? "" : said
}

/// Reads a bank's message in pieces of `piece` bytes.
func events(
    _ document: [UInt8], piece: Int = 1 << 16, limits: ReadingLimits = ReadingLimits(), totals: TotalsPolicy = .verified
) throws -> [BankEvent] {
    let reader = BankMessageReader(limits: limits, totals: totals)
    var events: [BankEvent] = []
    for start in stride(from: 0, to: document.count, by: piece) {
        try document[start..<min(start + piece, document.count)].withUnsafeBytes { try reader.feed($0, into: &events) }
    }
    try reader.finish(into: &events)
    return events
}

/// Reads a bank's message.
func events(_ document: String, totals: TotalsPolicy = .verified) throws -> [BankEvent] {
    try events(Array(document.utf8), totals: totals)
}

extension [BankEvent] {
    /// The transactions among them.
    var transactions: [ReportedTransaction] {
        compactMap { if case .transaction(let transaction) = $0 { transaction } else { nil } }
    }
}

/// The refusal of a document, or nil.
func refusal(_ document: String) -> MessageRefusal? { refusal(Array(document.utf8)) }

/// The refusal of bytes, or nil.
func refusal(_ document: [UInt8]) -> MessageRefusal? {
    do {
        _ = try events(document)
        return nil
    } catch {
        return error as? MessageRefusal
    }
}

/// An amount of PEN.
func money(_ minorUnits: Int64, _ code: String = "PEN") -> Money {
    guard let currency = Currency(code: code) else { preconditionFailure("\(code) is no currency") }
    return Money(minorUnits: minorUnits, currency: currency)
}
