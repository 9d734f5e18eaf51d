import Testing

@testable import Statements

@Test func aParameterHasOneNumberHoweverOftenItIsNamed() {
    let text = ParameterText("SELECT @a, @b?, @a + 1, @key.year, @b?;", firstLine: 1)
    #expect(text.sql == "SELECT $1, $2, $1 + 1, $3, $2")
    #expect(text.parameters.map(\.name) == ["a", "b", "key.year"])
    #expect(text.parameters.map(\.mayBeNull) == [false, true, false])
    #expect(text.parameters.map(\.path) == [["a"], ["b"], ["key", "year"]])
    #expect(text.isEnded && text.secondStatement == nil && text.disagreeing.isEmpty)
}

@Test(arguments: [
    "SELECT '@a; it''s @b';", "SELECT \"@a;\" FROM t;", "SELECT 1 -- @a; @b\n;", "SELECT /* @a; */ 1;",
    "SELECT $$ @a; $$, $x$ @b; $$ @c $x$;", "SELECT a @> b, a <@ b, a @@ b, a @? b;", "SELECT a <@b, a @>b;",
])
func whatIsNoParameterIsLeftAlone(sql: String) {
    let text = ParameterText(sql, firstLine: 1)
    #expect(text.parameters == [])
    #expect(text.sql + ";" == sql.replacing("\n;", with: ";"))
    #expect(text.secondStatement == nil)
}

@Test func linesAreCountedFromTheFiles() {
    let text = ParameterText("SELECT 'a\nb',\n  @a;\nSELECT 2;", firstLine: 10)
    #expect(text.parameters.map(\.line) == [12])
    #expect(text.secondStatement == 13)
}

@Test(arguments: [("call_id", "callId"), ("line", "line"), ("poverty_rate_hundredths", "povertyRateHundredths")])
func namesOfSQLAreWrittenAsSwifts(sql: String, swift: String) {
    #expect(sql.swiftName == swift)
}

@Test func aWordOfTheLanguageIsQuoted() {
    #expect("in".swiftName == "`in`")
    #expect("in".swiftLabel == "in")
}
