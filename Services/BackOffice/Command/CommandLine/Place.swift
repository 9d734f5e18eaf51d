import Foundation
import Glibc

/// Places on the disk that a command writes to, and in words why it cannot.
enum Place {
    /// Makes a directory with those above it, unless it is there; refuses one that cannot be written to.
    static func makeDirectory(_ path: String, mode: mode_t = 0o777) throws(Failure) {
        var made = ""
        for part in path.split(separator: "/", omittingEmptySubsequences: true) {
            made += made.isEmpty && !path.hasPrefix("/") ? String(part) : "/\(part)"
            if isDirectory(made) { continue }
            guard mkdir(made, mode) == 0 || (errno == EEXIST && isDirectory(made)) else {
                throw failure(errno == EEXIST ? ENOTDIR : errno, at: made)
            }
        }
        guard access(path, W_OK | X_OK) == 0 else { throw failure(errno, at: path) }
    }

    /// Why nothing can be written at `path`.
    static func failure(_ number: Int32, at path: String) -> Failure {
        let other = Text("name another place", es: "nombre otro lugar")
        return switch number {
        case EROFS:
            Failure(
                Text("is on a read-only file system", es: "está en un sistema de archivos de solo lectura"), at: path,
                remedy: other)
        case ENOTDIR where !isDirectory(path):
            Failure(Text("is a file, not a directory", es: "es un archivo, no un directorio"), at: path, remedy: other)
        case EISDIR:
            Failure(Text("is a directory, not a file", es: "es un directorio, no un archivo"), at: path, remedy: other)
        case EACCES, EPERM:
            Failure(
                Text("this user may not write here", es: "este usuario no puede escribir aquí"), at: path, remedy: other
            )
        case ENOSPC, EDQUOT:
            Failure(
                Text("the disk is full", es: "el disco está lleno"), at: path,
                remedy: Text("make space, then try again", es: "libere espacio e intente otra vez"))
        default:
            Failure(
                Text(
                    "cannot be written: \(Failure.reason(number))",
                    es: "no se puede escribir: \(Failure.reason(number))"), at: path, remedy: other)
        }
    }

    /// Whether `path` leads to a directory, also through links.
    static func isDirectory(_ path: String) -> Bool {
        var found = stat()
        return stat(path, &found) == 0 && found.st_mode & S_IFMT == S_IFDIR
    }
}

/// A file that gets its name only when it is complete, and is then safe on the disk.
final class DraftFile {
    let path: String
    /// Where it is written until it is complete.
    let draft: String
    private let handle: FileHandle
    private var isComplete = false

    /// Opens the draft beside `path`. What stands at `path` is replaced at the end, or never.
    init(_ path: String, mode: mode_t = 0o666) throws(Failure) {
        self.path = path
        draft = "\(path).\(getpid()).part"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw Place.failure(errno, at: path) }
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    deinit { if !isComplete { unlink(draft) } }

    func write(_ bytes: some Sequence<UInt8>) throws(Failure) {
        do { try handle.write(contentsOf: Data(bytes)) } catch { throw Self.describe(error, at: path) }
    }

    /// Gives the file its name.
    func complete() throws(Failure) {
        do { try handle.synchronize() } catch { throw Self.describe(error, at: path) }
        guard rename(draft, path) == 0 else { throw Place.failure(errno, at: path) }
        isComplete = true
    }

    private static func describe(_ error: any Error, at path: String) -> Failure {
        let number = ((error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError)?.code ?? (error as NSError).code
        return (error as? POSIXError).map { Place.failure($0.code.rawValue, at: path) }
            ?? Place.failure(Int32(truncatingIfNeeded: number), at: path)
    }
}
