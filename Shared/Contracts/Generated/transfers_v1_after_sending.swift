// swift-format-ignore-file
// Generated from puente/transfers/v1/after_sending.proto by Shared/Contracts/generate. Do not edit.

extension TransfersV1 {
    /// A line of the outbox's manifest: what was written, and for what, in words that need no database.
    public struct OutboxEntry: Message {
        /// `written` or `recalled`.
        public var act: String
        /// The file's name.
        public var name: String
        /// SHA-256 of its bytes, hexadecimal.
        public var sha256: String
        /// The message's identifier.
        public var messageId: String
        /// Programme's code.
        public var programme: String
        /// Cycle's code.
        public var cycle: String
        /// The cycle's first day, ISO 8601.
        public var firstDay: String
        /// Its last day.
        public var lastDay: String
        /// What every identifier of the cycle's payments begins with.
        public var paymentKey: String
        /// The run.
        public var runId: String
        /// `main`, `supplementary` or `recovered`.
        public var kind: String
        /// Who started the run, or proposed the recall.
        public var requestedBy: String
        /// Who approved it, or confirmed the recall.
        public var approvedBy: String
        /// Day on which the bank shall pay.
        public var payOn: String
        /// Transactions.
        public var transactions: Int64
        /// Minor units.
        public var totalMinor: Int64
        /// ISO 4217 code.
        public var currency: String
        /// Entries of the ledger's log at that time; 0: not known.
        public var ledgerLeaves: Int64
        /// The last link of the ledger's chain at that time, hexadecimal.
        public var ledgerChain: String

        /// The empty message: every field has its default.
        public init() {
            act = ""
            name = ""
            sha256 = ""
            messageId = ""
            programme = ""
            cycle = ""
            firstDay = ""
            lastDay = ""
            paymentKey = ""
            runId = ""
            kind = ""
            requestedBy = ""
            approvedBy = ""
            payOn = ""
            transactions = 0
            totalMinor = 0
            currency = ""
            ledgerLeaves = 0
            ledgerChain = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            act: String = "",
            name: String = "",
            sha256: String = "",
            messageId: String = "",
            programme: String = "",
            cycle: String = "",
            firstDay: String = "",
            lastDay: String = "",
            paymentKey: String = "",
            runId: String = "",
            kind: String = "",
            requestedBy: String = "",
            approvedBy: String = "",
            payOn: String = "",
            transactions: Int64 = 0,
            totalMinor: Int64 = 0,
            currency: String = "",
            ledgerLeaves: Int64 = 0,
            ledgerChain: String = ""
        ) {
            self.act = act
            self.name = name
            self.sha256 = sha256
            self.messageId = messageId
            self.programme = programme
            self.cycle = cycle
            self.firstDay = firstDay
            self.lastDay = lastDay
            self.paymentKey = paymentKey
            self.runId = runId
            self.kind = kind
            self.requestedBy = requestedBy
            self.approvedBy = approvedBy
            self.payOn = payOn
            self.transactions = transactions
            self.totalMinor = totalMinor
            self.currency = currency
            self.ledgerLeaves = ledgerLeaves
            self.ledgerChain = ledgerChain
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.OutboxEntry" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "act", "act"),
            MessageField(2, "name", "name"),
            MessageField(3, "sha256", "sha256"),
            MessageField(4, "messageId", "message_id"),
            MessageField(5, "programme", "programme"),
            MessageField(6, "cycle", "cycle"),
            MessageField(7, "firstDay", "first_day"),
            MessageField(8, "lastDay", "last_day"),
            MessageField(9, "paymentKey", "payment_key"),
            MessageField(10, "runId", "run_id"),
            MessageField(11, "kind", "kind"),
            MessageField(12, "requestedBy", "requested_by"),
            MessageField(13, "approvedBy", "approved_by"),
            MessageField(14, "payOn", "pay_on"),
            MessageField(15, "transactions", "transactions"),
            MessageField(16, "totalMinor", "total_minor"),
            MessageField(17, "currency", "currency"),
            MessageField(18, "ledgerLeaves", "ledger_leaves"),
            MessageField(19, "ledgerChain", "ledger_chain"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&act)
            case 2: try reader.read(&name)
            case 3: try reader.read(&sha256)
            case 4: try reader.read(&messageId)
            case 5: try reader.read(&programme)
            case 6: try reader.read(&cycle)
            case 7: try reader.read(&firstDay)
            case 8: try reader.read(&lastDay)
            case 9: try reader.read(&paymentKey)
            case 10: try reader.read(&runId)
            case 11: try reader.read(&kind)
            case 12: try reader.read(&requestedBy)
            case 13: try reader.read(&approvedBy)
            case 14: try reader.read(&payOn)
            case 15: try reader.read(&transactions)
            case 16: try reader.read(&totalMinor)
            case 17: try reader.read(&currency)
            case 18: try reader.read(&ledgerLeaves)
            case 19: try reader.read(&ledgerChain)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("act", act)
            writer.write("name", name)
            writer.write("sha256", sha256)
            writer.write("messageId", messageId)
            writer.write("programme", programme)
            writer.write("cycle", cycle)
            writer.write("firstDay", firstDay)
            writer.write("lastDay", lastDay)
            writer.write("paymentKey", paymentKey)
            writer.write("runId", runId)
            writer.write("kind", kind)
            writer.write("requestedBy", requestedBy)
            writer.write("approvedBy", approvedBy)
            writer.write("payOn", payOn)
            writer.write("transactions", transactions)
            writer.write("totalMinor", totalMinor)
            writer.write("currency", currency)
            writer.write("ledgerLeaves", ledgerLeaves)
            writer.write("ledgerChain", ledgerChain)
        }
    }

    /// Names files.
    public struct FilesRequest: Message {
        /// The run; empty: the latest of the cycle, or without a cycle every run.
        public var runId: String
        /// Programme's code.
        public var programme: String
        /// Cycle's code.
        public var cycle: String
        /// Writes the missing ones again.
        public var writeAgain: Bool

        /// The empty message: every field has its default.
        public init() {
            runId = ""
            programme = ""
            cycle = ""
            writeAgain = false
        }

        /// A message; fields that are not given have their defaults.
        public init(
            runId: String = "",
            programme: String = "",
            cycle: String = "",
            writeAgain: Bool = false
        ) {
            self.runId = runId
            self.programme = programme
            self.cycle = cycle
            self.writeAgain = writeAgain
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.FilesRequest" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "runId", "run_id"),
            MessageField(2, "programme", "programme"),
            MessageField(3, "cycle", "cycle"),
            MessageField(4, "writeAgain", "write_again"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&runId)
            case 2: try reader.read(&programme)
            case 3: try reader.read(&cycle)
            case 4: try reader.read(&writeAgain)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("runId", runId)
            writer.write("programme", programme)
            writer.write("cycle", cycle)
            writer.write("writeAgain", writeAgain)
        }
    }

    /// The files, by run and number.
    public struct FilesReply: Message {
        /// One per file.
        public var files: [TransfersV1.FileOnDisk]
        /// The directory.
        public var directory: String

        /// The empty message: every field has its default.
        public init() {
            files = []
            directory = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            files: [TransfersV1.FileOnDisk] = [],
            directory: String = ""
        ) {
            self.files = files
            self.directory = directory
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.FilesReply" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "files", "files"),
            MessageField(2, "directory", "directory"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(repeated: &files)
            case 2: try reader.read(&directory)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("files", repeated: files)
            writer.write("directory", directory)
        }
    }

    /// A file as the database knows it and as it was read.
    public struct FileOnDisk: Message {
        /// Its name.
        public var name: String
        /// Where it should be.
        public var path: String
        /// `there`, `altered`, `missing`, `unreadable`, `recalled`, `written_again`, `cannot_be_written`.
        public var state: String
        /// The run.
        public var runId: String
        /// Programme's code.
        public var programme: String
        /// Cycle's code.
        public var cycle: String
        /// ISO 4217 code.
        public var currency: String
        /// Transactions that were written.
        public var transactions: Int64
        /// Minor units that were written.
        public var totalMinor: Int64
        /// SHA-256 of the bytes that were written, hexadecimal.
        public var sha256: String
        /// Transactions that were read now.
        public var readTransactions: Int64
        /// Minor units that were read now.
        public var readTotalMinor: Int64
        /// SHA-256 of the bytes that were read now; empty: none were.
        public var readSha256: String
        /// Why it could not be read or written: a code.
        public var reason: String

        /// The empty message: every field has its default.
        public init() {
            name = ""
            path = ""
            state = ""
            runId = ""
            programme = ""
            cycle = ""
            currency = ""
            transactions = 0
            totalMinor = 0
            sha256 = ""
            readTransactions = 0
            readTotalMinor = 0
            readSha256 = ""
            reason = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            name: String = "",
            path: String = "",
            state: String = "",
            runId: String = "",
            programme: String = "",
            cycle: String = "",
            currency: String = "",
            transactions: Int64 = 0,
            totalMinor: Int64 = 0,
            sha256: String = "",
            readTransactions: Int64 = 0,
            readTotalMinor: Int64 = 0,
            readSha256: String = "",
            reason: String = ""
        ) {
            self.name = name
            self.path = path
            self.state = state
            self.runId = runId
            self.programme = programme
            self.cycle = cycle
            self.currency = currency
            self.transactions = transactions
            self.totalMinor = totalMinor
            self.sha256 = sha256
            self.readTransactions = readTransactions
            self.readTotalMinor = readTotalMinor
            self.readSha256 = readSha256
            self.reason = reason
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.FileOnDisk" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "name", "name"),
            MessageField(2, "path", "path"),
            MessageField(3, "state", "state"),
            MessageField(4, "runId", "run_id"),
            MessageField(5, "programme", "programme"),
            MessageField(6, "cycle", "cycle"),
            MessageField(7, "currency", "currency"),
            MessageField(8, "transactions", "transactions"),
            MessageField(9, "totalMinor", "total_minor"),
            MessageField(10, "sha256", "sha256"),
            MessageField(11, "readTransactions", "read_transactions"),
            MessageField(12, "readTotalMinor", "read_total_minor"),
            MessageField(13, "readSha256", "read_sha256"),
            MessageField(14, "reason", "reason"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&name)
            case 2: try reader.read(&path)
            case 3: try reader.read(&state)
            case 4: try reader.read(&runId)
            case 5: try reader.read(&programme)
            case 6: try reader.read(&cycle)
            case 7: try reader.read(&currency)
            case 8: try reader.read(&transactions)
            case 9: try reader.read(&totalMinor)
            case 10: try reader.read(&sha256)
            case 11: try reader.read(&readTransactions)
            case 12: try reader.read(&readTotalMinor)
            case 13: try reader.read(&readSha256)
            case 14: try reader.read(&reason)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("name", name)
            writer.write("path", path)
            writer.write("state", state)
            writer.write("runId", runId)
            writer.write("programme", programme)
            writer.write("cycle", cycle)
            writer.write("currency", currency)
            writer.write("transactions", transactions)
            writer.write("totalMinor", totalMinor)
            writer.write("sha256", sha256)
            writer.write("readTransactions", readTransactions)
            writer.write("readTotalMinor", readTotalMinor)
            writer.write("readSha256", readSha256)
            writer.write("reason", reason)
        }
    }

    /// Asks for the comparison.
    public struct CompareOutboxRequest: Message {
        /// The empty message: every field has its default.
        public init() {}

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.CompareOutboxRequest" }
        /// The fields.
        public static let fields: [MessageField] = []
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {}
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {}
    }

    /// What the outbox and the database tell of each other.
    public struct OutboxComparison: Message {
        /// The directory.
        public var directory: String
        /// Files that agree in every respect.
        public var agreeing: Int64
        /// The others.
        public var files: [TransfersV1.ComparedFile]
        /// What the manifest says that the ledger had reached.
        public var manifestLeaves: Int64
        /// What the ledger has.
        public var databaseLeaves: Int64
        /// `same`, `behind` (the database has forgotten entries), `differs` (it has others), `unknown`.
        public var ledger: String
        /// Whether payments are paused.
        public var paused: Bool
        /// Lines of the manifest that could not be read.
        public var unreadableLines: Int64

        /// The empty message: every field has its default.
        public init() {
            directory = ""
            agreeing = 0
            files = []
            manifestLeaves = 0
            databaseLeaves = 0
            ledger = ""
            paused = false
            unreadableLines = 0
        }

        /// A message; fields that are not given have their defaults.
        public init(
            directory: String = "",
            agreeing: Int64 = 0,
            files: [TransfersV1.ComparedFile] = [],
            manifestLeaves: Int64 = 0,
            databaseLeaves: Int64 = 0,
            ledger: String = "",
            paused: Bool = false,
            unreadableLines: Int64 = 0
        ) {
            self.directory = directory
            self.agreeing = agreeing
            self.files = files
            self.manifestLeaves = manifestLeaves
            self.databaseLeaves = databaseLeaves
            self.ledger = ledger
            self.paused = paused
            self.unreadableLines = unreadableLines
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.OutboxComparison" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "directory", "directory"),
            MessageField(2, "agreeing", "agreeing"),
            MessageField(3, "files", "files"),
            MessageField(4, "manifestLeaves", "manifest_leaves"),
            MessageField(5, "databaseLeaves", "database_leaves"),
            MessageField(6, "ledger", "ledger"),
            MessageField(7, "paused", "paused"),
            MessageField(8, "unreadableLines", "unreadable_lines"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&directory)
            case 2: try reader.read(&agreeing)
            case 3: try reader.read(repeated: &files)
            case 4: try reader.read(&manifestLeaves)
            case 5: try reader.read(&databaseLeaves)
            case 6: try reader.read(&ledger)
            case 7: try reader.read(&paused)
            case 8: try reader.read(&unreadableLines)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("directory", directory)
            writer.write("agreeing", agreeing)
            writer.write("files", repeated: files)
            writer.write("manifestLeaves", manifestLeaves)
            writer.write("databaseLeaves", databaseLeaves)
            writer.write("ledger", ledger)
            writer.write("paused", paused)
            writer.write("unreadableLines", unreadableLines)
        }
    }

    /// A file that needs attention.
    public struct ComparedFile: Message {
        /// Its name.
        public var name: String
        /// `missing`, `altered`, `unreadable`, `recall_unfinished`: known to the database. Forgotten by it: `same_again`,
        /// `other_run`, `run_or_take_up`, `take_up`, `cycle_missing`, `cycle_days_differ`, `run_moves`, `previous_open`,
        /// `already_ordered`, `household_unknown`, `lost`, `foreign`, `proposed`.
        public var state: String
        /// What the manifest or the file itself says.
        public var entry: TransfersV1.OutboxEntry?
        /// The run of the database that it is about.
        public var runId: String
        /// Where that run is.
        public var runState: String
        /// Households that stand in the way.
        public var households: Int64
        /// The proposal that waits.
        public var proposal: Int64
        /// Whether the manifest names it.
        public var inManifest: Bool

        /// The empty message: every field has its default.
        public init() {
            name = ""
            state = ""
            entry = nil
            runId = ""
            runState = ""
            households = 0
            proposal = 0
            inManifest = false
        }

        /// A message; fields that are not given have their defaults.
        public init(
            name: String = "",
            state: String = "",
            entry: TransfersV1.OutboxEntry? = nil,
            runId: String = "",
            runState: String = "",
            households: Int64 = 0,
            proposal: Int64 = 0,
            inManifest: Bool = false
        ) {
            self.name = name
            self.state = state
            self.entry = entry
            self.runId = runId
            self.runState = runState
            self.households = households
            self.proposal = proposal
            self.inManifest = inManifest
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.ComparedFile" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "name", "name"),
            MessageField(2, "state", "state"),
            MessageField(3, "entry", "entry"),
            MessageField(4, "runId", "run_id"),
            MessageField(5, "runState", "run_state"),
            MessageField(6, "households", "households"),
            MessageField(7, "proposal", "proposal"),
            MessageField(8, "inManifest", "in_manifest"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&name)
            case 2: try reader.read(&state)
            case 3: try reader.read(optional: &entry)
            case 4: try reader.read(&runId)
            case 5: try reader.read(&runState)
            case 6: try reader.read(&households)
            case 7: try reader.read(&proposal)
            case 8: try reader.read(&inManifest)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("name", name)
            writer.write("state", state)
            writer.write("entry", optional: entry)
            writer.write("runId", runId)
            writer.write("runState", runState)
            writer.write("households", households)
            writer.write("proposal", proposal)
            writer.write("inManifest", inManifest)
        }
    }

    /// Names a cycle.
    public struct OpenPaymentsRequest: Message {
        /// Programme's code.
        public var programme: String
        /// Cycle's code.
        public var cycle: String
        /// How many households to name; 0: none.
        public var limit: Int32
        /// Only those after this household.
        public var afterHousehold: Int64

        /// The empty message: every field has its default.
        public init() {
            programme = ""
            cycle = ""
            limit = 0
            afterHousehold = 0
        }

        /// A message; fields that are not given have their defaults.
        public init(
            programme: String = "",
            cycle: String = "",
            limit: Int32 = 0,
            afterHousehold: Int64 = 0
        ) {
            self.programme = programme
            self.cycle = cycle
            self.limit = limit
            self.afterHousehold = afterHousehold
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.OpenPaymentsRequest" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "programme", "programme"),
            MessageField(2, "cycle", "cycle"),
            MessageField(3, "limit", "limit"),
            MessageField(4, "afterHousehold", "after_household"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&programme)
            case 2: try reader.read(&cycle)
            case 3: try reader.read(&limit)
            case 4: try reader.read(&afterHousehold)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("programme", programme)
            writer.write("cycle", cycle)
            writer.write("limit", limit)
            writer.write("afterHousehold", afterHousehold)
        }
    }

    /// What waits for what.
    public struct OpenPaymentsReply: Message {
        /// Sums.
        public var groups: [TransfersV1.OpenGroup]
        /// Households by number.
        public var payments: [TransfersV1.OpenPayment]
        /// ISO 4217 code.
        public var currency: String
        /// Proposals that wait for a second person.
        public var proposals: [TransfersV1.Proposal]

        /// The empty message: every field has its default.
        public init() {
            groups = []
            payments = []
            currency = ""
            proposals = []
        }

        /// A message; fields that are not given have their defaults.
        public init(
            groups: [TransfersV1.OpenGroup] = [],
            payments: [TransfersV1.OpenPayment] = [],
            currency: String = "",
            proposals: [TransfersV1.Proposal] = []
        ) {
            self.groups = groups
            self.payments = payments
            self.currency = currency
            self.proposals = proposals
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.OpenPaymentsReply" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "groups", "groups"),
            MessageField(2, "payments", "payments"),
            MessageField(3, "currency", "currency"),
            MessageField(4, "proposals", "proposals"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(repeated: &groups)
            case 2: try reader.read(repeated: &payments)
            case 3: try reader.read(&currency)
            case 4: try reader.read(repeated: &proposals)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("groups", repeated: groups)
            writer.write("payments", repeated: payments)
            writer.write("currency", currency)
            writer.write("proposals", repeated: proposals)
        }
    }

    /// Households that wait for the same.
    public struct OpenGroup: Message {
        /// `ready`, `repair`, `terminal`, `check`, `account_missing`, `held`, `being_paid`, `bank_answer`, `odd`, `given_back`.
        public var waitsFor: String
        /// How many.
        public var households: Int64
        /// Minor units.
        public var totalMinor: Int64

        /// The empty message: every field has its default.
        public init() {
            waitsFor = ""
            households = 0
            totalMinor = 0
        }

        /// A message; fields that are not given have their defaults.
        public init(
            waitsFor: String = "",
            households: Int64 = 0,
            totalMinor: Int64 = 0
        ) {
            self.waitsFor = waitsFor
            self.households = households
            self.totalMinor = totalMinor
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.OpenGroup" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "waitsFor", "waits_for"),
            MessageField(2, "households", "households"),
            MessageField(3, "totalMinor", "total_minor"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&waitsFor)
            case 2: try reader.read(&households)
            case 3: try reader.read(&totalMinor)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("waitsFor", waitsFor)
            writer.write("households", households)
            writer.write("totalMinor", totalMinor)
        }
    }

    /// A household that waits.
    public struct OpenPayment: Message {
        /// Household.
        public var householdId: Int64
        /// The order that was not paid; 0: none was made.
        public var orderNumber: Int32
        /// Minor units.
        public var amountMinor: Int64
        /// As in `OpenGroup`.
        public var waitsFor: String
        /// `rejected`, `returned`, `withdrawn` or `no_account`.
        public var cause: String
        /// The bank's code.
        public var reason: String

        /// The empty message: every field has its default.
        public init() {
            householdId = 0
            orderNumber = 0
            amountMinor = 0
            waitsFor = ""
            cause = ""
            reason = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            householdId: Int64 = 0,
            orderNumber: Int32 = 0,
            amountMinor: Int64 = 0,
            waitsFor: String = "",
            cause: String = "",
            reason: String = ""
        ) {
            self.householdId = householdId
            self.orderNumber = orderNumber
            self.amountMinor = amountMinor
            self.waitsFor = waitsFor
            self.cause = cause
            self.reason = reason
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.OpenPayment" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "householdId", "household_id"),
            MessageField(2, "orderNumber", "order_number"),
            MessageField(3, "amountMinor", "amount_minor"),
            MessageField(4, "waitsFor", "waits_for"),
            MessageField(5, "cause", "cause"),
            MessageField(6, "reason", "reason"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&householdId)
            case 2: try reader.read(&orderNumber)
            case 3: try reader.read(&amountMinor)
            case 4: try reader.read(&waitsFor)
            case 5: try reader.read(&cause)
            case 6: try reader.read(&reason)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("householdId", householdId)
            writer.write("orderNumber", orderNumber)
            writer.write("amountMinor", amountMinor)
            writer.write("waitsFor", waitsFor)
            writer.write("cause", cause)
            writer.write("reason", reason)
        }
    }

    /// Says that households can be paid again.
    public struct SettleRequest: Message {
        /// Programme's code.
        public var programme: String
        /// Cycle's code.
        public var cycle: String
        /// Households.
        public var households: [Int64]
        /// Why.
        public var reason: String

        /// The empty message: every field has its default.
        public init() {
            programme = ""
            cycle = ""
            households = []
            reason = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            programme: String = "",
            cycle: String = "",
            households: [Int64] = [],
            reason: String = ""
        ) {
            self.programme = programme
            self.cycle = cycle
            self.households = households
            self.reason = reason
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.SettleRequest" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "programme", "programme"),
            MessageField(2, "cycle", "cycle"),
            MessageField(3, "households", "households"),
            MessageField(4, "reason", "reason"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&programme)
            case 2: try reader.read(&cycle)
            case 3: try reader.read(repeated: &households)
            case 4: try reader.read(&reason)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("programme", programme)
            writer.write("cycle", cycle)
            writer.write("households", repeated: households)
            writer.write("reason", reason)
        }
    }

    /// What was settled.
    public struct SettleReply: Message {
        /// Households that can be paid again now.
        public var settled: Int64
        /// Those that nothing is open of.
        public var notOpen: [Int64]

        /// The empty message: every field has its default.
        public init() {
            settled = 0
            notOpen = []
        }

        /// A message; fields that are not given have their defaults.
        public init(
            settled: Int64 = 0,
            notOpen: [Int64] = []
        ) {
            self.settled = settled
            self.notOpen = notOpen
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.SettleReply" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "settled", "settled"),
            MessageField(2, "notOpen", "not_open"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&settled)
            case 2: try reader.read(repeated: &notOpen)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("settled", settled)
            writer.write("notOpen", repeated: notOpen)
        }
    }

    /// Proposes.
    public struct ProposalRequest: Message {
        /// `give_back`, `recall`, `take_up`, `never_sent`.
        public var kind: String
        /// Programme's code; for `give_back`.
        public var programme: String
        /// Cycle's code; for `give_back`.
        public var cycle: String
        /// Why.
        public var reason: String
        /// For `give_back`: these households.
        public var households: [Int64]
        /// For `give_back`: all that wait for this, for instance `terminal`.
        public var waitsFor: String
        /// For the others: these files.
        public var files: [String]

        /// The empty message: every field has its default.
        public init() {
            kind = ""
            programme = ""
            cycle = ""
            reason = ""
            households = []
            waitsFor = ""
            files = []
        }

        /// A message; fields that are not given have their defaults.
        public init(
            kind: String = "",
            programme: String = "",
            cycle: String = "",
            reason: String = "",
            households: [Int64] = [],
            waitsFor: String = "",
            files: [String] = []
        ) {
            self.kind = kind
            self.programme = programme
            self.cycle = cycle
            self.reason = reason
            self.households = households
            self.waitsFor = waitsFor
            self.files = files
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.ProposalRequest" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "kind", "kind"),
            MessageField(2, "programme", "programme"),
            MessageField(3, "cycle", "cycle"),
            MessageField(4, "reason", "reason"),
            MessageField(5, "households", "households"),
            MessageField(6, "waitsFor", "waits_for"),
            MessageField(7, "files", "files"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&kind)
            case 2: try reader.read(&programme)
            case 3: try reader.read(&cycle)
            case 4: try reader.read(&reason)
            case 5: try reader.read(repeated: &households)
            case 6: try reader.read(&waitsFor)
            case 7: try reader.read(repeated: &files)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("kind", kind)
            writer.write("programme", programme)
            writer.write("cycle", cycle)
            writer.write("reason", reason)
            writer.write("households", repeated: households)
            writer.write("waitsFor", waitsFor)
            writer.write("files", repeated: files)
        }
    }

    /// What was proposed, and what became of it.
    public struct Proposal: Message {
        /// Its number.
        public var number: Int64
        /// What it is about.
        public var request: TransfersV1.ProposalRequest?
        /// Households that it is about.
        public var households: Int64
        /// Minor units that it is about.
        public var totalMinor: Int64
        /// ISO 4217 code.
        public var currency: String
        /// `proposed`, `confirmed` or `declined`.
        public var state: String
        /// Who proposed.
        public var proposedBy: String
        /// When, ISO 8601 in UTC.
        public var proposedAt: String
        /// Who decided.
        public var decidedBy: String
        /// Why it was declined.
        public var decisionReason: String
        /// The runs that follow from it.
        public var runIds: [String]

        /// The empty message: every field has its default.
        public init() {
            self.number = 0
            request = nil
            households = 0
            totalMinor = 0
            currency = ""
            state = ""
            proposedBy = ""
            proposedAt = ""
            decidedBy = ""
            decisionReason = ""
            runIds = []
        }

        /// A message; fields that are not given have their defaults.
        public init(
            number: Int64 = 0,
            request: TransfersV1.ProposalRequest? = nil,
            households: Int64 = 0,
            totalMinor: Int64 = 0,
            currency: String = "",
            state: String = "",
            proposedBy: String = "",
            proposedAt: String = "",
            decidedBy: String = "",
            decisionReason: String = "",
            runIds: [String] = []
        ) {
            self.number = number
            self.request = request
            self.households = households
            self.totalMinor = totalMinor
            self.currency = currency
            self.state = state
            self.proposedBy = proposedBy
            self.proposedAt = proposedAt
            self.decidedBy = decidedBy
            self.decisionReason = decisionReason
            self.runIds = runIds
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.Proposal" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "number", "number"),
            MessageField(2, "request", "request"),
            MessageField(3, "households", "households"),
            MessageField(4, "totalMinor", "total_minor"),
            MessageField(5, "currency", "currency"),
            MessageField(6, "state", "state"),
            MessageField(7, "proposedBy", "proposed_by"),
            MessageField(8, "proposedAt", "proposed_at"),
            MessageField(9, "decidedBy", "decided_by"),
            MessageField(10, "decisionReason", "decision_reason"),
            MessageField(11, "runIds", "run_ids"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&self.number)
            case 2: try reader.read(optional: &request)
            case 3: try reader.read(&households)
            case 4: try reader.read(&totalMinor)
            case 5: try reader.read(&currency)
            case 6: try reader.read(&state)
            case 7: try reader.read(&proposedBy)
            case 8: try reader.read(&proposedAt)
            case 9: try reader.read(&decidedBy)
            case 10: try reader.read(&decisionReason)
            case 11: try reader.read(repeated: &runIds)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("number", self.number)
            writer.write("request", optional: request)
            writer.write("households", households)
            writer.write("totalMinor", totalMinor)
            writer.write("currency", currency)
            writer.write("state", state)
            writer.write("proposedBy", proposedBy)
            writer.write("proposedAt", proposedAt)
            writer.write("decidedBy", decidedBy)
            writer.write("decisionReason", decisionReason)
            writer.write("runIds", repeated: runIds)
        }
    }

    /// Decides.
    public struct DecideProposalRequest: Message {
        /// The proposal.
        public var number: Int64
        /// Whether it shall happen.
        public var confirm: Bool
        /// Why not.
        public var reason: String

        /// The empty message: every field has its default.
        public init() {
            self.number = 0
            confirm = false
            reason = ""
        }

        /// A message; fields that are not given have their defaults.
        public init(
            number: Int64 = 0,
            confirm: Bool = false,
            reason: String = ""
        ) {
            self.number = number
            self.confirm = confirm
            self.reason = reason
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.DecideProposalRequest" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "number", "number"),
            MessageField(2, "confirm", "confirm"),
            MessageField(3, "reason", "reason"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&self.number)
            case 2: try reader.read(&confirm)
            case 3: try reader.read(&reason)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("number", self.number)
            writer.write("confirm", confirm)
            writer.write("reason", reason)
        }
    }

    /// Which proposals.
    public struct ProposalsRequest: Message {
        /// Those that are decided too.
        public var all: Bool

        /// The empty message: every field has its default.
        public init() {
            all = false
        }

        /// A message; fields that are not given have their defaults.
        public init(
            all: Bool = false
        ) {
            self.all = all
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.ProposalsRequest" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "all", "all"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(&all)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("all", all)
        }
    }

    /// The proposals, the latest first.
    public struct ProposalsReply: Message {
        /// At most 200.
        public var proposals: [TransfersV1.Proposal]

        /// The empty message: every field has its default.
        public init() {
            proposals = []
        }

        /// A message; fields that are not given have their defaults.
        public init(
            proposals: [TransfersV1.Proposal] = []
        ) {
            self.proposals = proposals
        }

        /// Full name in the contract.
        public static var fullName: String { "puente.transfers.v1.ProposalsReply" }
        /// The fields.
        public static let fields: [MessageField] = [
            MessageField(1, "proposals", "proposals"),
        ]
        /// Reads the value of one field.
        public mutating func readField(_ number: Int, from reader: inout JSONReader) throws(RPCError) {
            switch number {
            case 1: try reader.read(repeated: &proposals)
            default: break
            }
        }
        /// Writes the fields that differ from their defaults.
        public func writeFields(to writer: inout JSONWriter) {
            writer.write("proposals", repeated: proposals)
        }
    }

    /// The directory of bank files.
    public enum Outbox {
        /// Compares the files of a run, or of all runs, with the directory; writes a missing one again, byte for byte.
        public static let files = Method<TransfersV1.FilesRequest, TransfersV1.FilesReply>(
            name: "puente.transfers.v1.Outbox/Files", kind: .unary,
            policy: .init(deadline: .seconds(600), priority: 3, allowedRoles: ["operator"]))
        /// Compares directory, manifest, ledger and database, and says what the database has forgotten and what helps.
        public static let compare = Method<TransfersV1.CompareOutboxRequest, TransfersV1.OutboxComparison>(
            name: "puente.transfers.v1.Outbox/Compare", kind: .unary,
            policy: .init(idempotency: .noSideEffects, deadline: .seconds(600), priority: 3, allowedRoles: ["operator"]))

        /// Every method, in the contract's order.
        public static let methods: [any AnyMethod] = [files, compare]
    }

    /// What is to be paid and is not.
    public enum OpenPayments {
        /// What waits for what in a cycle.
        public static let list = Method<TransfersV1.OpenPaymentsRequest, TransfersV1.OpenPaymentsReply>(
            name: "puente.transfers.v1.OpenPayments/List", kind: .unary,
            policy: .init(idempotency: .noSideEffects, deadline: .seconds(120), priority: 2, allowedRoles: ["operator"]))
        /// A person says that households can be paid again although their account is the same, and why.
        public static let settle = Method<TransfersV1.SettleRequest, TransfersV1.SettleReply>(
            name: "puente.transfers.v1.OpenPayments/Settle", kind: .unary,
            policy: .init(deadline: .seconds(60), priority: 2, allowedRoles: ["operator"]))

        /// Every method, in the contract's order.
        public static let methods: [any AnyMethod] = [list, settle]
    }

    /// Decisions that need two persons: one proposes with a reason, another confirms. Neither is ever repeated by the system.
    public enum Proposals {
        /// Proposes.
        public static let make = Method<TransfersV1.ProposalRequest, TransfersV1.Proposal>(
            name: "puente.transfers.v1.Proposals/Make", kind: .unary,
            policy: .init(deadline: .seconds(300), priority: 2, allowedRoles: ["operator"]))
        /// Confirms, by another person than who proposed; or declines, by anyone.
        public static let decide = Method<TransfersV1.DecideProposalRequest, TransfersV1.Proposal>(
            name: "puente.transfers.v1.Proposals/Decide", kind: .unary,
            policy: .init(deadline: .seconds(600), priority: 2, allowedRoles: ["operator"]))
        /// Those of a cycle, or all.
        public static let list = Method<TransfersV1.ProposalsRequest, TransfersV1.ProposalsReply>(
            name: "puente.transfers.v1.Proposals/List", kind: .unary,
            policy: .init(idempotency: .noSideEffects, deadline: .seconds(30), priority: 1, allowedRoles: ["operator"]))

        /// Every method, in the contract's order.
        public static let methods: [any AnyMethod] = [make, decide, list]
    }
}
