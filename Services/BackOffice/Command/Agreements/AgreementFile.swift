import Contracts
import Foundation

/// The file of an agreement: `puente.coordination.v1.AgreementTerms` as proto3 JSON.
enum AgreementFile {
    /// Reads a file's terms.
    static func read(_ path: String) throws -> CoordinationV1.AgreementTerms {
        guard let content = FileManager.default.contents(atPath: path) else {
            throw Failure(Text("there is no such file to read", es: "no hay tal archivo que leer"), at: path)
        }
        do throws(RPCError) {
            return try CoordinationV1.AgreementTerms(written: Array(content))
        } catch {
            throw Failure(
                Text(
                    "is no agreement: \(error.inOneLine(.english))",
                    es: "no es un convenio: \(error.inOneLine(.spanish))"), at: path,
                remedy: Text(
                    "the agreements below deploy/programmes show how one is written",
                    es: "los convenios en deploy/programmes muestran cómo se escribe uno"))
        }
    }
}
