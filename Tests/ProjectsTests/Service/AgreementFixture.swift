import Contracts
import Postgres
import TestSupport
import Testing

/// Terms that ana alone signs: extreme poor households first, money of the first line for the projects of Cajamarca.
func sampleTerms(
    _ fixture: ProjectsFixture, _ change: (inout CoordinationV1.AgreementTerms) -> Void = { _ in }
) -> CoordinationV1.AgreementTerms {
    var terms = CoordinationV1.AgreementTerms(
        agreement: "juntos-haku", title: "Juntos and Haku Wiñay",
        parties: [
            .init(
                institution: "MIDIS", members: [.init(operator: "\(fixture.database.name)_ana", decides: true)],
                quorum: 1)
        ],
        programmes: ["haku_winay"], reservedPlaces: 2, releaseConditions: ["reports are on time"],
        firstDay: "2024-01-01", lastDay: "2099-12-31",
        architecture: .init(severalInstitutions: false, intended: true, programmes: 1),
        target: .init(povertyClasses: ["extreme_poor"]), currency: "PEN")
    change(&terms)
    return terms
}

extension ProjectsFixture {
    func act(
        _ action: CoordinationV1.AgreementAction, reason: String = "", subject: String = "", condition: Int32 = 0,
        agreement: String = "juntos-haku"
    ) async throws -> CoordinationV1.AgreementReply {
        try await ana.call(
            CoordinationV1.Agreements.act,
            .init(
                agreement: agreement, action: action, reason: reason, subject: subject, condition: condition),
            Self.patient)
    }

    func activate(_ terms: CoordinationV1.AgreementTerms, amends: Bool = false) async throws {
        _ = try await ana.call(
            CoordinationV1.Agreements.propose, .init(terms: terms, amends: amends, reason: amends ? "more" : ""),
            Self.patient)
        _ = try await act(.sign, agreement: terms.agreement)
        #expect(try await act(.activate, agreement: terms.agreement).done)
    }

    func rows(_ query: String) async throws -> [String] { try await pool.texts(of: query) }
}

func participantFile(_ rows: String...) -> String {
    (["project_code,household_id,module_code,enrolled_on"] + rows).joined(separator: "\n") + "\n"
}

/// A project starts only while the household is served by Juntos.
@Sendable func sequenced(_ terms: inout CoordinationV1.AgreementTerms) {
    terms.programmes = ["juntos", "haku_winay"]
    terms.reservedPlaces = 0
    terms.sequencing = .projectDuringTransfer
    terms.target = .init(servedBy: "juntos")
}

extension ProjectsFixture {
    /// Juntos served 1001 once, and serves 1002 and 2001 since.
    func serveTransfers() async throws {
        try await pool.script(
            """
            INSERT INTO coordination.programme (programme, version, kind, definition, loaded_by)
                VALUES ('juntos', 1, 'conditional_transfer', '{}', 'test');
            INSERT INTO transfers.cycle (programme, code, first_day, last_day, rule_version, rules, opened_by) VALUES
                ('juntos', '2024-1', '2024-01-01', '2024-02-28', 1, '{}', 'test'),
                ('juntos', '2024-2', '2024-03-01', '2024-04-30', 1, '{}', 'test');
            INSERT INTO transfers.affiliation (
                household_id, cycle_id, refusals, poverty_class, residence_since, any_pregnant, kept_by)
            VALUES (1001, 1, 0, 1, '2015-01-01', false, NULL), (1001, 2, 2, 1, '2015-01-01', false, NULL),
                (1002, 2, 0, 1, '2015-01-01', false, NULL), (2001, 2, 1, 1, '2015-01-01', false, 'x, version 1')
            """)
    }

    /// A cycle of Juntos in which these households are served, and nobody else.
    func openCycle(_ code: String, serving households: Int64...) async throws {
        let rows = households.map { "(\($0), 0, 1, '2015-01-01', false)" }.joined(separator: ", ")
        try await pool.script(
            """
            WITH opened AS (
                INSERT INTO transfers.cycle (programme, code, first_day, last_day, rule_version, rules, opened_by)
                VALUES ('juntos', '\(code)', '\(code)-01', '\(code)-28', 1, '{}', 'test') RETURNING cycle_id
            )
            INSERT INTO transfers.affiliation (
                household_id, refusals, poverty_class, residence_since, any_pregnant, cycle_id)
            SELECT served.*, opened.cycle_id
            FROM (VALUES \(rows)) AS served(household_id, refusals, poverty_class, residence_since, any_pregnant), opened
            """.replacing("'2015-01-01'", with: "date '2015-01-01'"))
    }
}
