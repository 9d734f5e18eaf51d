import Contracts
import Testing

/// What the contracts' JSON says of a wrong message.
struct MessageJSONTests {
    /// The path and the reason of the refusal.
    private func refusal(_ json: String) -> [String] {
        do {
            _ = try CoordinationV1.PostRequest(written: Array(json.utf8))
            return []
        } catch {
            return [error.code.name, error.details[0].field, error.details[0].reason]
        }
    }

    @Test func aWrongValueIsNamedByItsPath() {
        #expect(
            refusal(#"{"postings": [{"postingId": "a"}, {"amountMinor": "12.5"}]}"#)
                == ["INVALID_ARGUMENT", "postings[1].amountMinor", "expected_integer"])
        #expect(
            refusal(#"{"mode": "POST_MODE_SOMEHOW"}"#) == ["INVALID_ARGUMENT", "mode", "unknown_enum_value"])
    }

    @Test func anUnknownFieldIsNamedByItsPath() {
        #expect(
            refusal(#"{"postings": [{"amount": 5}]}"#)
                == ["INVALID_ARGUMENT", "postings[0].amount", "unknown_field"])
        #expect(refusal(#"{"posts": []}"#) == ["INVALID_ARGUMENT", "posts", "unknown_field"])
    }

    @Test func whatANewerProgramSaysIsPassedOver() throws {
        let newer =
            #"{"mode": "POST_MODE_SOMEHOW", "later": {"a": [1, {"b": null}]}, "postings": [{"postingId": "p", "x": 1}]}"#
        let read = try CoordinationV1.PostRequest(json: newer)
        #expect(read == CoordinationV1.PostRequest(postings: [.init(postingId: "p")]))
        #expect(try CoordinationV1.PostRequest(json: #"{"mode": 99}"#) == CoordinationV1.PostRequest())
        // What is known is read as strictly as ever.
        #expect(throws: RPCError.self) { try CoordinationV1.PostRequest(json: #"{"later": {, "postings": []}"#) }
        #expect(throws: RPCError.self) { try CoordinationV1.PostRequest(json: #"{"x": 1, "postings": 3}"#) }
    }

    @Test func aFieldGivenTwiceIsRefusedWhateverItsSpelling() {
        #expect(
            refusal(#"{"postings": [{"postingId": "a", "posting_id": "a"}]}"#)
                == ["INVALID_ARGUMENT", "postings[0].postingId", "duplicate_field"])
    }

    @Test(arguments: [
        "", "{", "{}}", "[]", #"{"mode" 1}"#, #"{"postings": [{},]}"#, #"{"mode": 01}"#, "{'mode': 1}", "nul",
    ])
    func malformedJSONIsRefused(_ json: String) {
        #expect(refusal(json).first == "INVALID_ARGUMENT")
    }

    @Test func theMessageOfARefusalDoesNotQuoteTheValue() {
        let error = #expect(throws: RPCError.self) {
            try CoordinationV1.Posting(json: #"{"amountMinor": "Rosa Quispe"}"#)
        }
        #expect(error?.message.contains("Rosa") == false)
    }

    @Test func deepNestingIsRefusedInsteadOfExhaustingTheStack() {
        let deep = Array((String(repeating: "[", count: 100_000)).utf8)
        let error = #expect(throws: RPCError.self) { try JSONValue(json: deep) }
        #expect(error?.details.first?.reason == "too_deep")
    }

    @Test func defaultsAreNotWrittenAndInt64IsAString() {
        #expect(TransfersV1.RunStatus().jsonText() == "{}")
        #expect(
            TransfersV1.RunStatus(runId: "r", chunks: 3, totalMinor: 9_007_199_254_740_993).jsonText()
                == #"{"runId":"r","chunks":3,"totalMinor":"9007199254740993"}"#)
    }

    @Test func aWholeNumberNeverPassesThroughFloatingPoint() throws {
        #expect(try CommonV1.Money(json: #"{"minorUnits": 9007199254740993}"#).minorUnits == 9_007_199_254_740_993)
        #expect(try CommonV1.Money(json: #"{"minorUnits": 900719925474099.3e1}"#).minorUnits == 9_007_199_254_740_993)
        #expect(try CommonV1.Money(json: #"{"minorUnits": -9223372036854775808}"#).minorUnits == .min)
    }

    @Test func anErrorSurvivesItsJSON() throws {
        let error = RPCError.failedPrecondition(
            "Line 2024-RO-MIDIS-juntos-06 lacks money.",
            details: [
                ErrorDetail(
                    type: "precondition", reason: "insufficient_available", metadata: ["shortfall_minor": "500"])
            ])
        let json = error.status.json()
        #expect(RPCError(status: try RPCV1.Status(json: json)) == error)
        #expect(RPCError(status: RPCV1.Status()) == nil)
        #expect(error.status.details == error.details)
    }

    @Test func anErrorsSentenceSurvivesItsJSONAndIsNoDetailForItsReader() throws {
        let error = RPCError.notFound(
            "No cycle \("2024-4") is open.", details: [ErrorDetail(type: "cycle", reason: "closed")])
        let status = try RPCV1.Status(json: error.status.json())
        #expect(status.message == "No cycle 2024-4 is open.")
        #expect(status.details.map(\.type) == ["cycle", "sentence"])
        let read = try #require(RPCError(status: status))
        #expect(read == error)
        #expect(read.details.map(\.type) == ["cycle"])
    }

    @Test func aFieldThatIsWrongCarriesItsSentence() throws {
        let error = RPCError.invalidField("reason", "has \(7) characters", reason: "too_long")
        #expect(error.message == "reason: has 7 characters")
        let read = try #require(RPCError(status: RPCV1.Status(json: error.status.json())))
        #expect(read.details.first?.sentence == "has \(7) characters")
        #expect(read.details.first?.description == "has 7 characters")
    }

    @Test func aMethodChecksMessagesWithoutTheirTypes() throws {
        let method = try #require(AllMethods.all.first { $0.name == "puente.transfers.v1.Payments/Status" })
        let canonical = try method.canonicalRequest(Array(#"{ "run_id" : "x", "cycle": "" }"#.utf8))
        #expect(String(decoding: canonical, as: UTF8.self) == #"{"runId":"x"}"#)
        #expect(throws: RPCError.self) { try method.canonicalResponse(Array(#"{"runId": 5}"#.utf8)) }
    }

    @Test func aTreeKeepsNumbersAsTheyAreWritten() throws {
        let text = #"{"a":[1.10,-0,1e5],"b":{"c":null,"d":"é"}}"#
        let tree = try JSONValue(json: Array(text.utf8))
        #expect(String(decoding: tree.json(), as: UTF8.self) == text)
        #expect(tree["b"]?["d"]?.text == "é")
        #expect(try JSONValue(json: Array(tree.indented().utf8)) == tree)
    }
}
