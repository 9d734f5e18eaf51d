import Foundation

/// What a process is told by its environment. Nothing else configures a service.
///
/// | variable | meaning |
/// |---|---|
/// | `DATABASE_URL` | the database, with the service's own role as user |
/// | `PGPASSFILE`, `PGPASSWORD`, `PGSSLMODE`… | read by libpq itself |
/// | `PUENTE_BANK_FILES` | the directory that bank files are written to; `.puente/bank` |
/// | `PUENTE_CONCURRENCY` | calls a service works on at once; the number of cores, at least 2 |
/// | `PUENTE_HOUSEHOLDS_PER_CHUNK` | households that one call of a payment run decides; 15000 |
/// | `PUENTE_HEALTH_FILE` | a file renewed for as long as the service is well; none |
/// | `PUENTE_METRICS_FILE` | a file with the service's figures in Prometheus' text format; none |
/// | `PUENTE_LOG_LEVEL` | `debug`, `info`, `warning` or `error`; `info` |
/// | `PUENTE_SUPERVISED` | `1`: stop when standard input ends; say on standard output when ready |
public struct Settings: Sendable {
    /// The database.
    public let databaseURL: String
    /// Where bank files are written.
    public let bankFiles: String
    /// Calls worked on at once.
    public let concurrency: Int
    /// Households that one call of a payment run decides.
    public let householdsPerChunk: Int64
    /// The file renewed for as long as the service is well.
    public let healthFile: String?
    /// The file that shows the service's figures.
    public let metricsFile: String?
    /// The least important lines to write.
    public let logLevel: LogLevel
    /// Whether a supervisor holds the other ends of standard input and output.
    public let isSupervised: Bool

    /// A variable that is missing or is not understood.
    public struct Problem: Error, Equatable, CustomStringConvertible {
        /// The variable's name.
        public let variable: String
        /// What it should be.
        public let expected: String

        /// One line that says what to set.
        public var description: String { "environment variable \(variable) must be \(expected)" }
    }

    /// Reads the environment.
    public init(environment: [String: String] = ProcessInfo.processInfo.environment) throws(Problem) {
        guard let url = environment["DATABASE_URL"], !url.isEmpty else {
            throw Problem(
                variable: "DATABASE_URL", expected: "the database's address, postgresql://role@host:port/name")
        }
        databaseURL = url
        bankFiles = environment["PUENTE_BANK_FILES"] ?? ".puente/bank"
        if let text = environment["PUENTE_CONCURRENCY"] {
            guard let number = Int(text), (1...256).contains(number) else {
                throw Problem(variable: "PUENTE_CONCURRENCY", expected: "a whole number from 1 to 256")
            }
            concurrency = number
        } else {
            concurrency = max(2, ProcessInfo.processInfo.activeProcessorCount)
        }
        if let text = environment["PUENTE_HOUSEHOLDS_PER_CHUNK"] {
            guard let number = Int64(text), (1...1_000_000).contains(number) else {
                throw Problem(variable: "PUENTE_HOUSEHOLDS_PER_CHUNK", expected: "a whole number from 1 to 1000000")
            }
            householdsPerChunk = number
        } else {
            householdsPerChunk = 15_000
        }
        healthFile = environment["PUENTE_HEALTH_FILE"]
        metricsFile = environment["PUENTE_METRICS_FILE"]
        if let text = environment["PUENTE_LOG_LEVEL"] {
            guard let level = LogLevel(name: text) else {
                throw Problem(variable: "PUENTE_LOG_LEVEL", expected: "debug, info, warning or error")
            }
            logLevel = level
        } else {
            logLevel = .info
        }
        isSupervised = environment["PUENTE_SUPERVISED"] == "1"
    }
}
