import Testing

/// What may name a country's own programmes: the simulation of Peru's, whose published figures it carries.
private let ofACountry = ["Services/BackOffice/PopulationSimulation/", "Services/BackOffice/Command/Simulation/"]

/// Codes of programmes, and of funds in the lines' codes, that are data of a country and no part of the program.
private let words = ["juntos", "haku_winay", "-ro-"]

@Test func noProgrammeOfACountryStandsInTheProgram() {
    let files = SourceTree.files(below: ["Shared", "Services"]) { path in
        !path.contains("/Generated/") && !ofACountry.contains { path.hasPrefix($0) }
    }
    #expect(files.count > 300)
    for file in files {
        for (number, line) in file.lines.enumerated() {
            let small = line.lowercased()
            for word in words { #expect(!small.contains(word), "\(file.path):\(number + 1) names \(word)") }
        }
    }
}

@Test func theSimulationOfACountryIsTheOnlyExceptionAndNeedsIt() {
    for place in ofACountry {
        let text = SourceTree.files(below: ["Services"]) { $0.hasPrefix(place) }.map(\.text).joined().lowercased()
        #expect(words.contains { text.contains($0) }, "\(place) names no programme; it needs no exception")
    }
}
