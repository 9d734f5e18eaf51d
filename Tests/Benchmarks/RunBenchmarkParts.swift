import Contracts
import Glibc
import Postgres

/// The programme of the run's benchmark: the conditions and components of Juntos.
enum BenchmarkProgramme {
    static let definition = CoordinationV1.ProgrammeDefinition(
        code: "juntos", name: "Juntos", ministry: "MIDIS", kind: .conditionalTransfer, currency: "PEN",
        eligibility: .init(
            povertyClasses: ["extreme_poor", "poor"], minResidenceMonths: 6, memberYoungerThanYears: 19,
            minTerritoryPovertyHundredths: 4_000),
        conditions: [
            .init(
                code: "attendance", kind: .schoolAttendance, fromAgeMonths: 72, belowAgeMonths: 228,
                thresholdHundredths: 8_500, missing: .notMet),
            .init(
                code: "growth", kind: .growthCheck, fromAgeMonths: 0, belowAgeMonths: 60, minChecks: 1,
                missing: .notMet),
            .init(code: "prenatal", kind: .prenatalCheck, minChecks: 1, missing: .notMet),
        ],
        components: [
            .init(code: "base", basis: .household, amountMinor: 20_000),
            .init(
                code: "tpi", basis: .householdWithMember, amountMinor: 10_000, belowAgeMonths: 24,
                countsPregnant: true),
            .init(
                code: "tas", basis: .member, amountMinor: 8_000, fromAgeMonths: 72, belowAgeMonths: 228,
                schoolLevel: "secondary", requiresBase: true),
        ],
        payments: .init(
            debtorName: "Programa Juntos", debtorAccount: "00000000000001", debtorBic: "BNPEPEPL",
            maxTransactionsPerFile: 50_000))
}

/// A benchmark that could not measure.
struct BenchmarkFailure: Error, CustomStringConvertible {
    let message: String
    var description: String { message }
}

/// How long the body takes.
func timed(_ body: () async throws -> Void) async throws -> Duration {
    let clock = ContinuousClock()
    let start = clock.now
    try await body()
    return clock.now - start
}

/// A duration for a person to read.
func seconds(_ duration: Duration) -> String {
    let hundredths = duration / .milliseconds(10)
    let whole = Int(hundredths)
    let fraction = whole % 100
    return "\(whole / 100).\(fraction < 10 ? "0" : "")\(fraction) s"
}

/// How many times one duration is the other.
func ratio(_ left: Duration, _ right: Duration) -> String {
    let hundredths = Int(left / right * 100)
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
}

/// The configuration as another role, with the password that the benchmark gave it.
func as_(_ database: ConnectionConfiguration, _ role: String) -> ConnectionConfiguration {
    var configuration = database.with(user: role)
    configuration["password"] = "bench"
    return configuration
}

/// Two people, and passwords that are worth nothing: the server lives as long as the benchmark.
let people = """
    CREATE ROLE bench_ana LOGIN PASSWORD 'bench' IN ROLE puente_operator;
    CREATE ROLE bench_beto LOGIN PASSWORD 'bench' IN ROLE puente_operator;
    ALTER ROLE puente_transfers PASSWORD 'bench';
    ALTER ROLE puente_coordination PASSWORD 'bench'
    """

/// Stores the programme.
struct StoreProgramme: Statement {
    typealias Row = Never
    static let sql = """
        INSERT INTO coordination.programme (programme, version, kind, definition, loaded_by)
        VALUES ('juntos', 1, 'conditional_transfer', $1, 'bench')
        """
    let definition: [UInt8]
    func bind(into parameters: inout Parameters) { parameters.addJSON(definition) }
}

/// Counts a table of the run.
struct CountRows: Statement {
    enum Table: String {
        case verdict, order
    }
    static let sql = """
        SELECT CASE $1 WHEN 'verdict' THEN (SELECT count(*) FROM transfers.verdict)
            ELSE (SELECT count(*) FROM transfers.payment_order) END
        """
    let table: Table
    func bind(into parameters: inout Parameters) { parameters.add(table.rawValue) }
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Int64 { try row.int64(0) }
}

/// Whether the run and the script made the same orders.
struct CompareOrders: Statement {
    static let sql = """
        SELECT count(*) = 0 FROM transfers.payment_order AS ours
        FULL JOIN hand.payment_order AS theirs USING (household_id)
        WHERE ours.amount_minor IS DISTINCT FROM theirs.amount_minor
        """
    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Bool { try row.bool(0) }
}

/// Prints a line at once, whatever standard output is.
func say(_ line: String) {
    print(line)
    fflush(nil)
}
