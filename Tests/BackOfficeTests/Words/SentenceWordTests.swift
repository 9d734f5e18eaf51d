import Contracts
import Foundation
import Intake
import Testing
import Vocabulary

@testable import BackOffice

@Suite struct SentenceWordTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    @Test func everySentenceOfTheServicesHasItsSpanishAndNoOtherHas() throws {
        let sources = try SentenceSources(root: Self.root)
        #expect(sources.found.count > 450)
        let untranslated = sources.found.filter { SentenceWords.spanish[$0.pattern] == nil }
        for sentence in untranslated.sorted(by: { $0.place < $1.place }) {
            Issue.record("\(sentence.place): no Spanish for \"\(sentence.pattern)\"")
        }
        let refusals = try RefusalsInSQL(root: Self.root).found
        #expect(refusals.count > 40)
        for (pattern, path) in refusals where SentenceWords.spanish[pattern] == nil {
            Issue.record("\(path): no Spanish for \"\(pattern)\"")
        }
        let said = Set(sources.found.map(\.pattern)).union(refusals.keys)
        for pattern in SentenceWords.spanish.keys.sorted() where !said.contains(pattern) {
            Issue.record("no source says \"\(pattern)\"")
        }
    }

    @Test func everySpanishSentenceHasTheValuesOfItsPattern() {
        for (pattern, spanish) in SentenceWords.spanish {
            let count = pattern.components(separatedBy: "{}").count - 1
            let places = spanish.matches(of: /\{([^}]*)\}/).map { $0.output.1.split(separator: ":") }
            #expect(Set(places.map { String($0[0]) }) == Set((0..<count).map { String($0 + 1) }), "\(spanish)")
            for kind in places.compactMap({ $0.dropFirst().first }) {
                #expect(ValueWords.kinds.contains(String(kind)), "\(spanish)")
            }
            #expect(spanish != pattern || spanish.hasPrefix("kind:") || spanish.hasPrefix("waits_for:"), "\(spanish)")
        }
        #expect(SentenceWords.parts.map(\.count).reduce(0, +) == SentenceWords.spanish.count)
    }

    @Test func aRefusalIsShownInThePersonsLanguage() {
        let refusal = RPCError.failedPrecondition(
            "The run is \("awaiting_budget"); only a run that is awaiting_approval can be approved.")
        let failure = Failure(describing: refusal)
        #expect(
            failure.lines(in: .spanish) == [
                "FAILED_PRECONDITION: Estado de la corrida: espera presupuesto. Solo se aprueba una corrida que espera aprobación."
            ])
        #expect(failure.lines(in: .english)[0].contains("The run is 'waiting for budget'; only"))
    }

    @Test func aFieldThatIsWrongIsNamedOnceInBothLanguages() {
        let refusal = RPCError.invalidField("reason", "say why, in at most 500 characters", reason: "reason_missing")
        let failure = Failure(describing: refusal)
        #expect(failure.lines(in: .english) == ["INVALID_ARGUMENT: reason: say why, in at most 500 characters"])
        #expect(failure.lines(in: .spanish) == ["INVALID_ARGUMENT: reason: diga por qué, en a lo más 500 caracteres"])
    }

    @Test func whatIsWrongWithADefinitionIsShownFieldByField() {
        let refusal = RPCError.invalidArgument(
            Sentence(at: "code", "is missing"),
            details: [
                ErrorDetail(field: "code", "is missing", reason: "invalid"),
                ErrorDetail(field: "facts", "are more than \(100)", reason: "invalid"),
            ])
        let lines = Failure(describing: refusal).lines(in: .spanish)
        #expect(lines == ["INVALID_ARGUMENT: code: falta\n  facts: son más de 100"])
    }

    @Test func aDefectIsCalledOneInBothLanguages() {
        let failure = Failure(describing: RPCError.internal("a motion was not kept"))
        #expect(failure.lines(in: .english)[0] == "INTERNAL: a defect of the service: a motion was not kept")
        #expect(failure.lines(in: .spanish)[0] == "INTERNAL: un defecto del servicio: a motion was not kept")
    }

    @Test func everyReasonOfARefusedRowHasWords() {
        for reason in RejectReason.allCases {
            let words = RejectWords.meaning(of: reason)
            #expect(!words.english.isEmpty && !words.spanish.isEmpty && words.english != words.spanish)
        }
    }

    @Test func codesAreSaidAsTheScreensSayThem() {
        #expect(ValueWords.words("suspended", "agreement").spanish == "suspendido")
        #expect(ValueWords.words("awaiting_approval", "run").spanish == "espera la aprobación de otra persona")
        let forms = ValueWords.words(
            "CCI (20 digits with check digits), X (8 to 11 digits and capital letters)", "form")
        #expect(forms.spanish == "CCI (20 dígitos con dígitos de control), X (8 a 11 dígitos y mayúsculas)")
        #expect(ValueWords.words("cost of module wool", "part").spanish == "costo del módulo wool")
    }

    @Test func aKeptTextIsKnownAgainWithItsValues() {
        let sentence = SentenceWords.recognised("The run is sent; only a run that is awaiting_approval can be refused.")
        #expect(sentence.values == ["sent"])
        #expect(sentence.pattern == "The run is {}; only a run that is awaiting_approval can be refused.")
        #expect(SentenceWords.recognised("The database could not be reached.").values == [])
        #expect(SentenceWords.recognised("What nobody here says.") == Sentence(foreign: "What nobody here says."))
        let mine =
            "puente_transfers made call 7 for puente.transfers.v1.Payments/Approve of ana (call 5): without it that"
            + " work stands still, and what waits for its answer gets none. Whoever means it says internal, and the reason"
        #expect(
            SentenceWords.words(Sentence(foreign: mine)).spanish
                == "puente_transfers hizo la llamada 7 para puente.transfers.v1.Payments/Approve de ana (llamada 5): sin ella"
                + " ese trabajo se detiene, y lo que espera su respuesta no la recibe. Quien de verdad lo quiera dice internal,"
                + " y la razón")
        #expect(
            SentenceWords.words(Sentence(foreign: "77 of a cron expression: 77 is outside 0 to 59")).spanish
                == "77 de una expresión cron: 77 está fuera de 0 a 59")
        let several = SentenceWords.words(
            Sentence(foreign: "deadlineMs must be a whole number from 0 to 9; orderingKey must be true or false"))
        #expect(
            several.spanish
                == "deadlineMs debe ser un número entero de 0 a 9; orderingKey debe ser true o false")
        let obstacle = TransfersV1.Obstacle(
            kind: "call_failing", detail: "UNAVAILABLE", request: "7", message: "The database could not be reached.")
        #expect(
            ObstacleWords(obstacle, currency: "PEN").what.spanish
                == "un paso se intenta otra vez: No se pudo llegar a la base de datos. (llamada 7, UNAVAILABLE)")
    }
}
