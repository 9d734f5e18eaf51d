import Contracts
import Foundation

/// A definition in a file, as proto3 JSON.
enum DefinitionFile {
    /// Largest file that is read, in bytes: far more than any definition has.
    private static let largest = 1 << 20

    /// Reads the definition at a path; `what` names it in a refusal.
    static func read<Definition: Message>(
        _ path: String, as type: Definition.Type, _ what: Text
    ) throws(Failure) -> Definition {
        guard let content = FileManager.default.contents(atPath: path) else {
            throw Failure(Text("there is no such file to read", es: "no hay tal archivo que leer"), at: path)
        }
        guard content.count <= largest else {
            throw Failure(
                Text("is larger than 1 MB: no \(what.english)", es: "pasa de 1 MB: no es \(what.spanish)"), at: path)
        }
        do throws(RPCError) {
            return try Definition(written: Array(content))
        } catch {
            throw Failure(
                Text(
                    "is no \(what.english): \(error.inOneLine(.english))",
                    es: "no es \(what.spanish): \(error.inOneLine(.spanish))"), at: path)
        }
    }

    /// What loading a definition did, in lines.
    static func outcome(
        _ name: String, changed: Bool, unverified: [String], _ language: Language
    ) -> [String] {
        let line =
            changed
            ? Text("\(name) loaded", es: "\(name) cargado") : Text("\(name) unchanged", es: "\(name) sin cambios")
        guard !unverified.isEmpty else { return [line(language)] }
        let doubts = Text(
            "  \(unverified.count) of its rules and figures are not verified; its facts name them",
            es: "  \(unverified.count) de sus reglas y cifras no están verificadas; sus facts las nombran")
        return [line(language), doubts(language)]
    }
}
