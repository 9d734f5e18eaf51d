import Contracts
import CoordinationDomain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import CoordinationService

private let programmes = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../deploy/programmes").standardizedFileURL

private func shipped(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: programmes.appendingPathComponent("\(name).json")))
}

/// The folders of `deploy/programmes`: a country is there as soon as its folder is.
private let countries = ((try? FileManager.default.contentsOfDirectory(atPath: programmes.path)) ?? [])
    .filter { !$0.hasSuffix(".md") }.sorted()

/// Every file of a folder that is a definition of a programme, by its field `kind`.
private func definitions(of country: String) throws -> [CoordinationV1.ProgrammeDefinition] {
    let place = programmes.appendingPathComponent(country)
    let names = try FileManager.default.contentsOfDirectory(atPath: place.path).filter { $0.hasSuffix(".json") }
    return try names.sorted().compactMap { name in
        let file = try Data(contentsOf: place.appendingPathComponent(name))
        let fields = try JSONSerialization.jsonObject(with: file) as? [String: Any]
        guard fields?["kind"] != nil else { return nil }
        return try CoordinationV1.ProgrammeDefinition(json: Array(file))
    }
}

@Test func severalCountriesAreShipped() throws {
    #expect(countries.count >= 5 && countries.contains("peru") && countries.contains("paraguay"))
    #expect(try countries.reduce(0) { try $0 + definitions(of: $1).count } >= 4)
}

@Test(arguments: countries)
func theCountriesThatAreShippedAreLoadedWithTheirProgrammes(name: String) async throws {
    let country = try CoordinationV1.CountryDefinition(json: TestCountry.file(name))
    #expect(CountryCheck.faults(of: country) == [])
    #expect(!country.facts.isEmpty)
    for fact in country.facts where fact.source.hasPrefix("not read") { #expect(fact.status == "unverified") }
    let programmes = try definitions(of: name)
    try await withDatabase { database in
        let pool = database.pool(as: "puente_coordination")
        let loaded = try await pool.transaction { try await LoadCountry.load(country, loadedBy: "ana", in: $0) }
        #expect(loaded.country == country.code && loaded.version == 1)
        for programme in programmes {
            #expect(DefinitionCheck.faults(of: programme, in: country) == [])
            #expect(!programme.facts.isEmpty)
            let reply = try await pool.transaction {
                try await LoadProgramme.load(programme, loadedBy: "ana", in: $0)
            }
            #expect(reply.programme == programme.code && reply.version == 1)
        }
        await pool.close()
    }
}

@Test(arguments: countries) func aSchemeThatIsShippedNamesEveryStage(country: String) throws {
    guard let file = try? shipped("\(country)/budget_scheme") else { return }
    let scheme = try CoordinationV1.BudgetScheme(json: file)
    #expect(scheme.scheme == country && !scheme.source.isEmpty && scheme.yearEnd != nil)
}

@Test func theAgreementThatIsShippedCanBeProposed() throws {
    let terms = try CoordinationV1.AgreementTerms(json: shipped("peru/agreement_juntos_haku_winay"))
    #expect(terms.fault == nil)
    #expect(terms.parties.count == 2)
    // The money pays for every place that is reserved.
    let reserved = (Int64(terms.places) * Int64(terms.reservedShareHundredths) + 9_999) / 10_000
    #expect(terms.earmarks.map(\.amountMinor).reduce(0, +) >= reserved * terms.unitCostMinor)
}
