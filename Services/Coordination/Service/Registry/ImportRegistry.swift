import Contracts
import Intake
import Postgres
import Queue
import Vocabulary

/// Imports the registry's files, telling the caller how far it is.
struct ImportRegistry: StreamingHandler {
    static let method = CoordinationV1.Registry.import

    func handle(
        _ request: CommonV1.ImportRequest, _ call: borrowing CallContext,
        _ stream: ResponseStream<CommonV1.ImportProgress>
    ) async throws {
        let country = try await CountryInForce.required(in: call.transaction)
        let result = try await Importer(RegistryImport.plan(country.forms))
            .run(request, requestedBy: call.info.caller, in: call.transaction) { try await stream.send($0) }
        try await stream.sendLast(.init(stage: "done", result: result))
    }
}

extension CoordinationService {
    /// How the registry's files are imported where codes have these forms, for benchmarks.
    public static func registryImportPlan(_ forms: CountryForms) -> ImportPlan { RegistryImport.plan(forms) }

    /// Serves the registry and programmes.
    static func registerRegistry(on router: inout Router) {
        router.register(streaming: ImportRegistry())
        router.register(LoadCountry())
        router.register(LoadProgramme())
    }

    /// The statements of the registry's imports, for checking them against the schema.
    static var registryStatements: [any Statement.Type] {
        RegistryImport.plan(CoordinationV1.CountryDefinition().forms).statements + [RejectMassChange.self]
    }
}
