import Contracts
import Foundation
import Testing

/// The checked-in code is what the generator writes from the protos.
struct GeneratedCodeTests {
    @Test(arguments: [
        (nil, Repository.generated), (Repository.exampleProtos, Repository.exampleGenerated),
    ])
    func theCheckedInCodeIsWhatTheGeneratorWrites(protos: URL?, checkedIn: URL) throws {
        let fresh = FileManager.default.temporaryDirectory.appending(path: "puente-generated-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: fresh) }
        let source = protos.map { ["--protos", $0.path] } ?? []
        let result = try run(Repository.generator, ["--output", fresh.path] + source)
        #expect(result.status == 0, "\(result.output)")
        let freshNames = try FileManager.default.contentsOfDirectory(atPath: fresh.path).sorted()
        #expect(try FileManager.default.contentsOfDirectory(atPath: checkedIn.path).sorted() == freshNames)
        for name in freshNames {
            let same =
                try Data(contentsOf: fresh.appending(path: name)) == Data(contentsOf: checkedIn.appending(path: name))
            #expect(same, "\(name) differs: run Shared/Contracts/generate")
        }
    }

    /// What a release has said stays: numbers, names, types and methods. Things are added; `Released.txt` grows with each release, by
    /// `Shared/Contracts/generate --list`.
    @Test func whatWasReleasedIsStillThere() throws {
        let result = try run(Repository.generator, ["--list"])
        #expect(result.status == 0, "\(result.output)")
        let present = Set(result.output.split(separator: "\n"))
        let released = try String(
            contentsOf: Repository.generator.deletingLastPathComponent().appending(path: "Released.txt"),
            encoding: .utf8)
        #expect(released.split(separator: "\n").count > 500)
        for line in released.split(separator: "\n") where !present.contains(line) {
            Issue.record("no longer in the contracts: \(line)")
        }
    }

    @Test func theGeneratorRefusesAContractWithoutAComment() throws {
        let output = try generate("message Silent { string text = 1; }")
        #expect(output.contains("puente.example.v1.Silent has no comment"))
    }

    @Test func theGeneratorRefusesAMethodWithoutAPolicy() throws {
        let output = try generate(
            "// M.\nmessage M {}\n// S.\nservice S {\n  // R.\n  rpc R(M) returns (M);\n}")
        #expect(output.contains("puente.example.v1.S/R: no policy"))
    }

    @Test func theGeneratorRefusesAnOrderingKeyThatTheRequestLacks() throws {
        let output = try generate(
            """
            // M.
            message M {}
            // S.
            service S {
              // R.
              rpc R(M) returns (M) {
                option (puente.rpc.v1.policy) = { ordering_key: "nothing" allowed_roles: [ "operator" ] };
              }
            }
            """)
        #expect(output.contains("the request has no field nothing"))
    }

    @Test func theGeneratorRefusesAOneof() throws {
        let output = try generate("// M.\nmessage M {\n  oneof choice {\n    // A.\n    string a = 1;\n  }\n}")
        #expect(output.contains("puente.example.v1.M.a: oneof is not supported"))
    }

    @Test func everyMethodNamesItsMessagesAndHasAPolicy() {
        let names = Set(AllMessages.all.map { $0.fullName })
        #expect(names.count == AllMessages.all.count)
        #expect(Set(AllMethods.all.map(\.name)).count == AllMethods.all.count)
        for method in AllMethods.all {
            #expect(names.contains(method.requestName) && names.contains(method.responseName))
            #expect(!method.policy.allowedRoles.isEmpty, "\(method.name)")
        }
    }

    @Test func aPolicyIsCarriedWhole() {
        let policy = ExampleV1.Examples.`repeat`.policy
        #expect(ExampleV1.Examples.`repeat`.kind == .serverStreaming)
        #expect(policy.idempotency == .keyRequired)
        #expect(policy.orderingKeyJSONName == "signedLong")
        #expect(policy.defaultDeadline == .milliseconds(1_500))
        #expect(policy.allowedRoles == ["operator", "reporting"])
        #expect([policy.priority, policy.maxConcurrency, policy.maxRatePerSecond] == [7, 3, 20])
        #expect([policy.batchSize, policy.maxConcurrencyPerKey] == [50, 2])
        #expect(policy.maxAttempts == 4 && policy.retryableStatusCodes == [.unavailable, .dataLoss])
        #expect(policy.retry?.initialBackoff == .milliseconds(250))
        let plain = ExampleV1.Examples.`throw`
        #expect(plain.kind == .oneWay && plain.policy.maxAttempts == 1 && plain.policy.defaultDeadline == .seconds(60))
        #expect(plain.service == "puente.example.v1.Examples" && plain.policy.orderingKeyJSONName == nil)
    }

    /// What the generator says of a file of package `puente.example.v1` with these declarations; it must refuse it.
    private func generate(_ declarations: String) throws -> String {
        let directory = FileManager.default.temporaryDirectory.appending(path: "puente-protos-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: directory) }
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let header = "syntax = \"proto3\";\npackage puente.example.v1;\nimport \"puente/rpc/v1/options.proto\";\n"
        try Data((header + declarations).utf8).write(to: directory.appending(path: "refused.proto"))
        let result = try run(
            Repository.generator, ["--protos", directory.path, "--output", directory.appending(path: "out").path])
        #expect(result.status == 1)
        return result.output
    }
}
