import Contracts
import CoordinationDomain
import Postgres
import TestSupport
import Testing

@testable import CoordinationService

private typealias Spoiling = @Sendable (inout CoordinationV1.CountryDefinition) -> Void

private let faults: [(String, Spoiling)] = [
    ("code", { $0.code = "per" }), ("name", { $0.name = " " }), ("currencies", { $0.currencies = [] }),
    ("currencies[1]", { $0.currencies = ["PEN", "XYZ"] }), ("currencies[1]", { $0.currencies = ["PEN", "PEN"] }),
    ("timeZone", { $0.timeZone = "" }), ("fiscalYear", { $0.fiscalYear = nil }),
    ("fiscalYear.firstMonth", { $0.fiscalYear?.firstMonth = 13 }),
    ("fiscalYear.rule", { $0.fiscalYear?.rule = .unspecified }), ("budgetLine", { $0.budgetLine = nil }),
    ("budgetLine.fund", { $0.budgetLine?.fund = "R\nO" }), ("accountForms", { $0.accountForms = [] }),
    ("accountForms[0].maxLength", { $0.accountForms[0].maxLength = 35 }),
    ("accountForms[0].maxLength", { $0.accountForms[0].maxLength = 10 }),
    ("accountForms[0].minLength", { $0.accountForms[0].minLength = 0 }),
    ("accountForms[0].bics[0]", { $0.accountForms[0].bics = ["bn"] }),
    ("accountForms[0].checkDigits", { $0.accountForms[0].checkDigits = .unspecified }),
    ("accountForms[0]", { $0.accountForms[0].checkDigits = .clabe }),
    ("accountForms[1].name", { $0.accountForms[1].name = $0.accountForms[0].name }),
    (
        "languages[0]",
        {
            $0.languages[0] = "Español"
            for level in $0.territoryLevels.indices {
                let name = $0.territoryLevels[level].names.removeValue(forKey: "es")
                $0.territoryLevels[level].names["Español"] = name
            }
        }
    ),
    ("languages[2]", { $0.languages += ["es"] }), ("territoryLevels", { $0.territoryLevels = [] }),
    ("territoryLevels[1].code", { $0.territoryLevels[1].code = "department" }),
    ("territoryLevels[2].names.en", { $0.territoryLevels[2].names["en"] = nil }),
    ("territoryLevels[0].names.fr", { $0.territoryLevels[0].names["fr"] = "département" }),
    ("territoryLevels[0].codeForm", { $0.territoryLevels[0].codeForm = nil }),
    ("territoryLevels[0].codeForm.maxLength", { $0.territoryLevels[0].codeForm?.maxLength = 17 }),
    ("territoryLevels[1].codeForm.minLength", { $0.territoryLevels[1].codeForm?.minLength = 0 }),
    ("territoryLevels[1].codeForm.characters", { $0.territoryLevels[1].codeForm?.characters = .unspecified }),
    ("budgetLevel", { $0.budgetLevel = "region" }), ("codePatterns.budgetLine", { $0.codePatterns = nil }),
    ("codePatterns.budgetLine[0].maxLength", { $0.codePatterns?.budgetLine[0].maxLength = 65 }),
    ("bankCharacterSet", { $0.bankCharacterSet = .unspecified }), ("facts[0].status", { $0.facts[0].status = "sure" }),
]

@Test(arguments: faults.indices)
func aCountryThatCannotMeanAnythingIsRefusedAtItsPath(index: Int) {
    var country = peru()
    faults[index].1(&country)
    #expect(CountryCheck.faults(of: country).map(\.path) == [faults[index].0])
}

private func load(
    _ country: CoordinationV1.CountryDefinition, _ pool: ConnectionPool
) async throws -> CoordinationV1.LoadCountryReply {
    try await pool.transaction { try await LoadCountry.load(country, loadedBy: "ana", in: $0) }
}

@Test func aCountryBecomesAVersionOnlyWhenItDiffers() async throws {
    try await withDatabase { database in
        let pool = database.pool(as: "puente_coordination")
        var changed = peru()
        changed.bankCharacterSet = .latin
        var replies: [CoordinationV1.LoadCountryReply] = []
        for country in [peru(), peru(), changed, peru()] { replies.append(try await load(country, pool)) }
        #expect(replies.map(\.version) == [1, 1, 2, 3])
        #expect(replies.map(\.changed) == [true, false, true, true])
        #expect(replies[0].country == "PE" && replies[0].unverified == peru().facts.unverified)
        await pool.close()
    }
}

@Test func aTimeZoneThatTheDatabaseDoesNotKnowIsRefused() async throws {
    try await withDatabase { database in
        let pool = database.pool(as: "puente_coordination")
        var country = peru()
        country.timeZone = "America/Lyma"
        let odd = country
        let error = await #expect(throws: RPCError.self) { try await load(odd, pool) }
        #expect(error?.details.map(\.field) == ["timeZone"])
        await pool.close()
    }
}

@Test func aSiteServesOneCountryAndKeepsItsProgrammesCurrencies() async throws {
    try await withDatabase { database in
        let pool = database.pool(as: "puente_coordination")
        let early = await #expect(throws: RPCError.self) {
            try await pool.transaction { try await LoadProgramme.load(soundTransfer(), loadedBy: "ana", in: $0) }
        }
        #expect(early?.code == .failedPrecondition)
        #expect(early?.message.contains("puente country load") == true)
        _ = try await load(peru(), pool)
        _ = try await pool.transaction { try await LoadProgramme.load(soundTransfer(), loadedBy: "ana", in: $0) }
        let chile = try CoordinationV1.CountryDefinition(json: TestCountry.file("chile"))
        let other = await #expect(throws: RPCError.self) { try await load(chile, pool) }
        #expect(other?.code == .failedPrecondition)
        var dollars = peru()
        dollars.currencies = ["USD"]
        let without = dollars
        let orphaned = await #expect(throws: RPCError.self) { try await load(without, pool) }
        #expect(orphaned?.message.contains("juntos (PEN)") == true)
        await pool.close()
    }
}
