import Testing
import Vocabulary

@Test func aSentenceKnowsItsWordsAndItsValues() {
    let code = "2024-4"
    let sentence: Sentence = "No cycle \(code) has \(3) runs." + " Look again."
    #expect(sentence.pattern == "No cycle {} has {} runs. Look again.")
    #expect(sentence.values == ["2024-4", "3"])
    #expect(sentence.text == "No cycle 2024-4 has 3 runs. Look again.")
}

@Test func aValueWithBracesIsNoPlaceForTheNext() {
    let sentence: Sentence = "\("{}") and \("b")"
    #expect(sentence.text == "{} and b")
}

@Test func foreignTextStaysAsItIs() {
    #expect(Sentence(foreign: "a {} b").text == "a {} b")
    #expect(Sentence(pattern: "{} and {}", values: ["a"]).text == "a and {}")
}

@Test func aSentenceCanNameItsPlace() throws {
    let sentence = Sentence(at: "code", "is longer than \(200) characters")
    #expect(sentence.text == "code: is longer than 200 characters")
    let placed = try #require(sentence.placed)
    #expect(placed.place == "code")
    #expect(placed.what == Sentence(pattern: "is longer than {} characters", values: ["200"]))
    #expect(Sentence(pattern: "is missing").placed == nil)
}
