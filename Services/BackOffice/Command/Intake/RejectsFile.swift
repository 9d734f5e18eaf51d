import Foundation
import Glibc
import Tabular

/// The file that takes rejected rows. It never takes the place of an input, nor of anything that is no such file.
struct RejectsFile {
    /// The columns, and thereby the first line by which such a file is known again.
    static let header = ["file", "line", "field", "reason", "message"]

    /// Where it goes, with links followed: what a link names is replaced, not the link.
    private let path: String
    /// Where it goes, as the person wrote it.
    let shown: String
    /// Whether an earlier one is there, or a stream.
    let isThere: Bool
    private let draft: DraftFile?
    private let stream: FileHandle?

    /// Checks the place before anything is sent, and opens it.
    init(_ given: String, inputs: [String]) throws(Failure) {
        shown = given
        let isLink = (try? FileManager.default.destinationOfSymbolicLink(atPath: given)) != nil
        path = isLink ? URL(fileURLWithPath: given).resolvingSymlinksInPath().path : given
        var found = stat()
        guard stat(path, &found) == 0 else {
            draft = try DraftFile(path)
            stream = nil
            isThere = false
            return
        }
        isThere = true
        for input in inputs {
            var other = stat()
            guard stat(input, &other) == 0, other.st_dev == found.st_dev, other.st_ino == found.st_ino else { continue }
            throw Failure(
                Text("is the input \(input)", es: "es la entrada \(input)"), at: given,
                remedy: Text(
                    "name another file after --rejects", es: "nombre otro archivo después de --rejects"))
        }
        switch found.st_mode & S_IFMT {
        case S_IFREG:
            guard found.st_size == 0 || Self.isRejectsFile(path) else {
                throw Failure(
                    Text(
                        "is there already and is no file of rejected rows",
                        es: "ya existe y no es un archivo de filas rechazadas"),
                    at: given,
                    remedy: Text(
                        "name another file after --rejects, or remove this one first",
                        es: "nombre otro archivo después de --rejects, o borre este antes"))
            }
            draft = try DraftFile(path)
            stream = nil
        case S_IFDIR: throw Place.failure(EISDIR, at: given)
        default:
            // A terminal, a pipe, /dev/null.
            let descriptor = open(path, O_WRONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw Place.failure(errno, at: given) }
            draft = nil
            stream = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        }
    }

    /// A writer that has written the header. An earlier file of this name stays until `complete`.
    func writer() throws -> CSVWriter {
        var writer = CSVWriter { bytes in
            if let draft { try draft.write(bytes) } else { try stream?.write(contentsOf: Data(bytes)) }
        }
        try writer.row(Self.header)
        return writer
    }

    /// Writes what is left and gives the file its name.
    func complete(_ writer: inout CSVWriter) throws {
        try writer.flush()
        try draft?.complete()
    }

    /// Whether the first line is that of a file of rejected rows, with whatever end of line an editor left.
    private static func isRejectsFile(_ path: String) -> Bool {
        guard let file = FileHandle(forReadingAtPath: path), let start = try? file.read(upToCount: 200) else {
            return false
        }
        let text = String(decoding: start, as: UTF8.self).trimmingPrefix("\u{FEFF}")
        return text.prefix { !$0.isNewline }.replacing("\"", with: "") == header.joined(separator: ",")
    }
}
