import Contracts
import CoordinationDomain
import Foundation
import TestSupport
import Testing

private func shipped(_ name: String) throws -> [UInt8] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    return Array(try Data(contentsOf: root.appendingPathComponent("deploy/programmes/\(name).json")))
}

@Test(arguments: ["peru", "colombia", "mexico", "chile"])
func theCountriesThatAreShippedHaveNoFaults(name: String) throws {
    let country = try CoordinationV1.CountryDefinition(json: TestCountry.file(name))
    #expect(CountryCheck.faults(of: country) == [])
    #expect(!country.facts.isEmpty)
    for fact in country.facts where fact.source.hasPrefix("not read") { #expect(fact.status == "unverified") }
}

@Test(arguments: [("peru", "juntos"), ("peru", "haku_winay"), ("chile", "subsidio")])
func theProgrammesThatAreShippedHaveNoFaults(country: String, name: String) throws {
    let definition = try CoordinationV1.ProgrammeDefinition(json: shipped("\(country)/\(name)"))
    let country = try CoordinationV1.CountryDefinition(json: TestCountry.file(country))
    #expect(DefinitionCheck.faults(of: definition, in: country) == [])
    #expect(!definition.facts.isEmpty)
}

@Test func theAgreementThatIsShippedCanBeProposed() throws {
    let terms = try CoordinationV1.AgreementTerms(json: shipped("peru/agreement_juntos_haku_winay"))
    #expect(terms.fault == nil)
    #expect(terms.parties.count == 2)
    // The money pays for every place that is reserved.
    let reserved = (Int64(terms.places) * Int64(terms.reservedShareHundredths) + 9_999) / 10_000
    #expect(terms.earmarks.map(\.amountMinor).reduce(0, +) >= reserved * terms.unitCostMinor)
}
