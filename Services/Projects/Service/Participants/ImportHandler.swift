import Contracts
import Intake
import Queue

/// Imports participants. The context names the programme; left empty, it is the only productive one.
struct ImportHandler: StreamingHandler {
    static let method = ProjectsV1.Projects.import

    func handle(
        _ request: CommonV1.ImportRequest, _ call: borrowing CallContext,
        _ stream: ResponseStream<CommonV1.ImportProgress>
    ) async throws {
        let programmes = try await call.transaction.query(ProductiveProgrammes())
        var request = request
        if request.context.isEmpty, programmes.count == 1 { request.context = programmes[0] }
        guard programmes.contains(request.context) else {
            throw RPCError.failedPrecondition(
                programmes.isEmpty
                    ? "name a productive programme as the import's context; none is loaded"
                    : "name a productive programme as the import's context; known: \(programmes.joined(separator: ", "))"
            )
        }
        let result = try await Importer(ParticipantImport.plan).run(
            request, requestedBy: call.info.caller, in: call.transaction
        ) { try await stream.send($0) }
        try await stream.sendLast(.init(result: result))
    }
}
