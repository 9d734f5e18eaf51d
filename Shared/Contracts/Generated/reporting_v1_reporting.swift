// swift-format-ignore-file
// Generated from puente/reporting/v1/reporting.proto by Shared/Contracts/generate. Do not edit.

extension ReportingV1 {
    /// Names a report.
    public struct RunReportRequest: Message {
        /// The report: `cycle`.
        public var report: String
        /// Programme's code.
        public var programme: String
        /// Cycle's code.
        public var cycle: String
        /// `en` or `es`.
        public var language: String

        /// The empty message: every field has its default.
        public init() {
            report = ""
            programme = ""
            cycle = ""
            language = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            report: String = "",
            programme: String = "",
            cycle: String = "",
            language: String = ""
        ) {
            self.report = report
            self.programme = programme
            self.cycle = cycle
            self.language = language
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.reporting.v1.RunReportRequest" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "report", "report"),
            MessageField(2, "programme", "programme"),
            MessageField(3, "cycle", "cycle"),
            MessageField(4, "language", "language"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&report)
            case 2: try reader.read(&programme)
            case 3: try reader.read(&cycle)
            case 4: try reader.read(&language)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("report", report)
            writer.write("programme", programme)
            writer.write("cycle", cycle)
            writer.write("language", language)
        }
    }

    /// A part of one file of a report.
    public struct ReportPart: Message {
        /// The file's name.
        public var fileName: String
        /// Its next bytes, at most 256 KiB.
        public var content: [UInt8]

        /// The empty message: every field has its default.
        public init() {
            fileName = ""
            content = []
        }

        /// A message; fields that are not given have their defaults.
        public init(
            fileName: String = "",
            content: [UInt8] = []
        ) {
            self.fileName = fileName
            self.content = content
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.reporting.v1.ReportPart" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "fileName", "file_name"),
            MessageField(2, "content", "content"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&fileName)
            case 2: try reader.read(&content)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("fileName", fileName)
            writer.write("content", content)
        }
    }

    /// Reports.
    public enum Reports {
        /// Runs a report and streams its files.
        public static let run = Method<ReportingV1.RunReportRequest, ReportingV1.ReportPart>(
            name: "puente.reporting.v1.Reports/Run", kind: .serverStreaming,
            policy: .init(idempotency: .noSideEffects, retry: .init(maxAttempts: 3, initialBackoff: .seconds(1), maxBackoff: .seconds(10), multiplierHundredths: 200, retryableCodes: ["UNAVAILABLE", "ABORTED"]), deadline: .seconds(600), priority: 5, allowedRoles: ["operator", "reporting"]))

        /// Every method, in the contract's order.
        public static let methods: [any AnyMethod] = [run]
    }
}
