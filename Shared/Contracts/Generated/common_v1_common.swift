// swift-format-ignore-file
// Generated from puente/common/v1/common.proto by Shared/Contracts/generate. Do not edit.

extension CommonV1 {
    /// What happens to the good rows of a file that also has bad ones.
    public enum ImportMode: Int32, MessageEnum {
        /// Not said: refused.
        case unspecified = 0
        /// One bad row, and nothing is kept.
        case allOrNothing = 1
        /// Good rows are kept, bad ones rejected.
        case keepGood = 2

        /// What an absent field means.
        public static var fieldDefault: Self { .unspecified }
        /// The name in the contract.
        public var name: StaticString {
            switch self {
            case .unspecified: "IMPORT_MODE_UNSPECIFIED"
            case .allOrNothing: "IMPORT_MODE_ALL_OR_NOTHING"
            case .keepGood: "IMPORT_MODE_KEEP_GOOD"
            }
        }
    }

    /// Nothing.
    public struct Empty: Message {
        /// The empty message: every field has its default.
        public init() {}

        /// Full name in the contract.
        public static var fullName: String { "puente.common.v1.Empty" }
        /// The fields.
        public static let fields: [MessageField] = []
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {}
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {}
    }

    /// An amount of money.
    public struct Money: Message {
        /// Minor units (céntimos, centavos).
        public var minorUnits: Int64
        /// ISO 4217 code.
        public var currency: String

        /// The empty message: every field has its default.
        public init() {
            minorUnits = 0
            currency = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            minorUnits: Int64 = 0,
            currency: String = ""
        ) {
            self.minorUnits = minorUnits
            self.currency = currency
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.common.v1.Money" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "minorUnits", "minor_units"),
            MessageField(2, "currency", "currency"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&minorUnits)
            case 2: try reader.read(&currency)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("minorUnits", minorUnits)
            writer.write("currency", currency)
        }
    }

    /// Asks a service to import files that were uploaded before.
    public struct ImportRequest: Message {
        /// Uploads, in any order; the service orders them by kind.
        public var uploadIds: [String]
        /// What to do about bad rows.
        public var mode: CommonV1.ImportMode
        /// Context of the rows where the kind needs one: a cycle's code for evidence, a project's for participants.
        public var context: String
        /// Why a mass change of stored accounts is right, in the words of the person who asks; empty: such a change is refused.
        public var acceptedChanges: String

        /// The empty message: every field has its default.
        public init() {
            uploadIds = []
            mode = CommonV1.ImportMode.fieldDefault
            context = ""
            acceptedChanges = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            uploadIds: [String] = [],
            mode: CommonV1.ImportMode = CommonV1.ImportMode.fieldDefault,
            context: String = "",
            acceptedChanges: String = ""
        ) {
            self.uploadIds = uploadIds
            self.mode = mode
            self.context = context
            self.acceptedChanges = acceptedChanges
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.common.v1.ImportRequest" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "uploadIds", "upload_ids"),
            MessageField(2, "mode", "mode"),
            MessageField(3, "context", "context"),
            MessageField(4, "acceptedChanges", "accepted_changes"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(repeated: &uploadIds)
            case 2: try reader.read(&mode)
            case 3: try reader.read(&context)
            case 4: try reader.read(&acceptedChanges)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("uploadIds", repeated: uploadIds)
            writer.write("mode", mode)
            writer.write("context", context)
            writer.write("acceptedChanges", acceptedChanges)
        }
    }

    /// Where an import is. The last message carries the result.
    public struct ImportProgress: Message {
        /// What is being done, for a person to read.
        public var stage: String
        /// File that is being read.
        public var fileName: String
        /// Rows read so far in this stage.
        public var rowsRead: Int64
        /// Set on the last message only.
        public var result: CommonV1.ImportResult?

        /// The empty message: every field has its default.
        public init() {
            stage = ""
            fileName = ""
            rowsRead = 0
            result = nil
        }

        /// A message; fields that are not given have their defaults.
        public init(
            stage: String = "",
            fileName: String = "",
            rowsRead: Int64 = 0,
            result: CommonV1.ImportResult? = nil
        ) {
            self.stage = stage
            self.fileName = fileName
            self.rowsRead = rowsRead
            self.result = result
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.common.v1.ImportProgress" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "stage", "stage"),
            MessageField(2, "fileName", "file_name"),
            MessageField(3, "rowsRead", "rows_read"),
            MessageField(4, "result", "result"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&stage)
            case 2: try reader.read(&fileName)
            case 3: try reader.read(&rowsRead)
            case 4: try reader.read(optional: &result)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("stage", stage)
            writer.write("fileName", fileName)
            writer.write("rowsRead", rowsRead)
            writer.write("result", optional: result)
        }
    }

    /// What an import did.
    public struct ImportResult: Message {
        /// Identifies the import.
        public var importId: String
        /// Whether anything was stored; false when all-or-nothing met a bad row.
        public var applied: Bool
        /// One per file.
        public var files: [CommonV1.ImportedFile]
        /// What else there is to say about rows that were stored.
        public var remarks: [CommonV1.ImportRemark]

        /// The empty message: every field has its default.
        public init() {
            importId = ""
            applied = false
            files = []
            remarks = []
        }

        /// A message; fields that are not given have their defaults.
        public init(
            importId: String = "",
            applied: Bool = false,
            files: [CommonV1.ImportedFile] = [],
            remarks: [CommonV1.ImportRemark] = []
        ) {
            self.importId = importId
            self.applied = applied
            self.files = files
            self.remarks = remarks
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.common.v1.ImportResult" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "importId", "import_id"),
            MessageField(2, "applied", "applied"),
            MessageField(3, "files", "files"),
            MessageField(4, "remarks", "remarks"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&importId)
            case 2: try reader.read(&applied)
            case 3: try reader.read(repeated: &files)
            case 4: try reader.read(repeated: &remarks)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("importId", importId)
            writer.write("applied", applied)
            writer.write("files", repeated: files)
            writer.write("remarks", repeated: remarks)
        }
    }

    /// Something to know about stored rows, by its code; who shows it says it in words.
    public struct ImportRemark: Message {
        /// `decided_already`: a cycle had decided on the days of these rows, which change nothing there.
        public var code: String
        /// How many rows.
        public var rows: Int64
        /// What belongs to it, by name: `programme`, `cycle`.
        public var values: [String: String]

        /// The empty message: every field has its default.
        public init() {
            code = ""
            rows = 0
            values = [:]
        }

        /// A message; fields that are not given have their defaults.
        public init(
            code: String = "",
            rows: Int64 = 0,
            values: [String: String] = [:]
        ) {
            self.code = code
            self.rows = rows
            self.values = values
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.common.v1.ImportRemark" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "code", "code"),
            MessageField(2, "rows", "rows"),
            MessageField(3, "values", "values"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&code)
            case 2: try reader.read(&rows)
            case 3: try reader.read(map: &values)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("code", code)
            writer.write("rows", rows)
            writer.write("values", map: values)
        }
    }

    /// What an import did with one file.
    public struct ImportedFile: Message {
        /// The upload.
        public var uploadId: String
        /// The file's name.
        public var fileName: String
        /// What it was recognised as, for instance `households`.
        public var kind: String
        /// Data rows read.
        public var rows: Int64
        /// Rows new or changed.
        public var stored: Int64
        /// Rows that were there already with the same content.
        public var unchanged: Int64
        /// Rows rejected; their reasons are in view intake.reject_v1.
        public var rejected: Int64
        /// Of the rows stored, those that replaced what was stored before.
        public var changed: Int64
        /// The file could not be read to its end, so that nothing was stored whatever the mode.
        public var unreadable: Bool

        /// The empty message: every field has its default.
        public init() {
            uploadId = ""
            fileName = ""
            kind = ""
            rows = 0
            stored = 0
            unchanged = 0
            rejected = 0
            changed = 0
            unreadable = false
        }

        /// A message; fields that are not given have their defaults.
        public init(
            uploadId: String = "",
            fileName: String = "",
            kind: String = "",
            rows: Int64 = 0,
            stored: Int64 = 0,
            unchanged: Int64 = 0,
            rejected: Int64 = 0,
            changed: Int64 = 0,
            unreadable: Bool = false
        ) {
            self.uploadId = uploadId
            self.fileName = fileName
            self.kind = kind
            self.rows = rows
            self.stored = stored
            self.unchanged = unchanged
            self.rejected = rejected
            self.changed = changed
            self.unreadable = unreadable
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.common.v1.ImportedFile" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "uploadId", "upload_id"),
            MessageField(2, "fileName", "file_name"),
            MessageField(3, "kind", "kind"),
            MessageField(4, "rows", "rows"),
            MessageField(5, "stored", "stored"),
            MessageField(6, "unchanged", "unchanged"),
            MessageField(7, "rejected", "rejected"),
            MessageField(8, "changed", "changed"),
            MessageField(9, "unreadable", "unreadable"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&uploadId)
            case 2: try reader.read(&fileName)
            case 3: try reader.read(&kind)
            case 4: try reader.read(&rows)
            case 5: try reader.read(&stored)
            case 6: try reader.read(&unchanged)
            case 7: try reader.read(&rejected)
            case 8: try reader.read(&changed)
            case 9: try reader.read(&unreadable)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("uploadId", uploadId)
            writer.write("fileName", fileName)
            writer.write("kind", kind)
            writer.write("rows", rows)
            writer.write("stored", stored)
            writer.write("unchanged", unchanged)
            writer.write("rejected", rejected)
            writer.write("changed", changed)
            writer.write("unreadable", unreadable)
        }
    }
}
