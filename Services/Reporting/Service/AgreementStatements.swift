import Contracts
import Postgres
import ReportingDomain
import Vocabulary

/// Every agreement that names the programme, with its places and its money. The terms are those in force, or proposed
/// where none are yet.
struct FindAgreements: Statement {
    static let sql = """
        SELECT agreement.agreement, agreement.terms, agreement.state,
            coalesce(agreement.version_in_force, agreement.version), agreement.overrides,
            coalesce(places.target_population, 0)::bigint, coalesce(places.others, 0)::bigint,
            coalesce(places.overridden, 0)::bigint, coalesce(places.refused, 0)::bigint,
            coalesce(money.earmarked, 0)::bigint, coalesce(money.drawn, 0)::bigint,
            coalesce(money.committed, 0)::bigint, coalesce(money.accrued, 0)::bigint,
            coalesce(money.ordered, 0)::bigint, coalesce(money.paid, 0)::bigint,
            coalesce(places.refused_at_start, 0)::bigint, coalesce(places.started_by_override, 0)::bigint,
            coalesce(money.returned, 0)::bigint
        FROM coordination.agreement_v1 AS agreement
        LEFT JOIN (
            SELECT agreement, sum(target_population) AS target_population, sum(others) AS others,
                sum(overridden) AS overridden, sum(refused) AS refused,
                sum(refused_at_start) AS refused_at_start, sum(started_by_override) AS started_by_override
            FROM projects.agreement_places_v1 GROUP BY agreement
        ) AS places USING (agreement)
        LEFT JOIN (
            SELECT agreement, sum(earmarked) AS earmarked, sum(drawn) AS drawn, sum(returned) AS returned,
                sum(committed) AS committed,
                sum(accrued) AS accrued, sum(ordered) AS ordered, sum(paid) AS paid
            FROM coordination.agreement_earmark_v1 WHERE currency = $2 GROUP BY agreement
        ) AS money USING (agreement)
        WHERE agreement.terms -> 'programmes' ? $1
        ORDER BY agreement.agreement
        """
    let programme: String
    let currency: String
    func bind(into parameters: inout Parameters) {
        parameters.add(programme)
        parameters.add(currency)
    }

    struct Row: Sendable {
        var terms: [UInt8]
        var figures: AgreementFigures
    }

    static func decode(_ row: borrowing RowReader) throws(PostgresError) -> Row {
        Row(
            terms: try row.json(1),
            figures: AgreementFigures(
                agreement: try row.string(0), title: "", state: try row.string(2), version: try row.int32(3),
                institutions: [],
                architecture: AgreementArchitecture(severalInstitutions: false, intended: false, programmes: 0),
                places: AgreementPlaceFigures(
                    reserved: 0, target: try row.int64(5), others: try row.int64(6), overridden: try row.int64(7),
                    refused: try row.int64(8), refusedAtStart: try row.int64(15),
                    startedByOverride: try row.int64(16)),
                overridesSigned: try row.int64(4),
                earmark: EarmarkFigures(
                    earmarked: try row.int64(9), drawn: try row.int64(10), returned: try row.int64(17),
                    committed: try row.int64(11),
                    accrued: try row.int64(12), ordered: try row.int64(13), paid: try row.int64(14))))
    }
}

extension FindAgreements.Row {
    /// The figures with what the terms say.
    func complete() throws -> AgreementFigures {
        let terms = try CoordinationV1.AgreementTerms(json: terms)
        var figures = figures
        figures.title = terms.title
        figures.institutions = terms.parties.map(\.institution)
        if let architecture = terms.architecture {
            figures.architecture = AgreementArchitecture(
                severalInstitutions: architecture.severalInstitutions, intended: architecture.intended,
                programmes: architecture.programmes)
        }
        figures.places.reserved = ReservedPlaces.count(
            places: terms.reservedPlaces, shareHundredths: terms.reservedShareHundredths, of: terms.places)
        return figures
    }
}
