import Testing

/// Longest file that is still one subject.
private let longestFile = 400

@Test func filesAreShort() {
    for file in SourceTree.swift where !file.path.contains("/Generated/") {
        #expect(file.lines.count <= longestFile, "\(file.path) has \(file.lines.count) lines")
    }
}

@Test func nothingIsLeftForLater() {
    // Spelled in two halves, so that this file does not find itself.
    let marks = ["TO" + "DO", "FIX" + "ME", "XX" + "X:"]
    for file in SourceTree.written {
        for mark in marks {
            #expect(!file.text.contains(mark), "\(file.path) contains \(mark)")
        }
        #expect(!file.path.contains("Place" + "holder"), "\(file.path)")
    }
}

@Test func everyTestIsRun() {
    for file in SourceTree.swift where file.path.hasPrefix("Tests/") && !file.path.hasPrefix("Tests/TestSupport/") {
        let lines = file.lines
        for (number, line) in lines.enumerated() {
            let words = line.split(separator: " ")
            guard let place = words.firstIndex(of: "func"), place + 1 < words.count, words[place + 1].hasPrefix("test")
            else { continue }
            let before = lines[max(0, number - 6)...number].joined(separator: " ")
            #expect(before.contains("@Test"), "\(file.path):\(number + 1) looks like a test and never runs")
        }
    }
}

@Test func noTestIsSwitchedOff() {
    for file in SourceTree.swift where file.path.hasPrefix("Tests/") {
        #expect(!file.text.contains(".dis" + "abled("), "\(file.path)")
    }
}

@Test func typesAreNamedAfterTheDomain() {
    let empty = ["Man" + "ager", "Hel" + "per", "Ut" + "il"]
    let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "actor"]
    for file in SourceTree.swift where !file.path.contains("/Generated/") {
        for (number, line) in file.lines.enumerated() where !line.contains("//") {
            let words = line.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
            guard let kind = words.firstIndex(where: kinds.contains), kind + 1 < words.count else { continue }
            let name = words[kind + 1]
            #expect(!empty.contains(where: name.hasSuffix), "\(file.path):\(number + 1): \(name)")
        }
    }
}

@Test func noPathOfAMachineIsWrittenDown() {
    for file in SourceTree.written {
        for place in ["/ho" + "me/", "/wo" + "rk/", "/Us" + "ers/"] {
            #expect(!file.text.contains(place), "\(file.path) names \(place)")
        }
    }
}
