import Foundation
import Glibc

/// Passwords that a person types, or gives without showing them to everybody who lists processes.
enum TerminalSecret {
    /// Fewest characters of a password that a person chooses.
    static let shortest = 12

    /// Asks at the terminal of the process without showing what is typed; nil when it has none.
    static func ask(_ prompt: String) -> String? {
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard terminal >= 0 else { return nil }
        defer { close(terminal) }
        var before = termios()
        guard tcgetattr(terminal, &before) == 0 else { return nil }
        var hidden = before
        hidden.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(terminal, TCSAFLUSH, &hidden)
        defer {
            tcsetattr(terminal, TCSAFLUSH, &before)
            _ = write(terminal, "\n", 1)
        }
        _ = prompt.withCString { write(terminal, $0, strlen($0)) }
        var word: [UInt8] = []
        var byte: UInt8 = 0
        while true {
            let count = read(terminal, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1, byte != UInt8(ascii: "\n") else { break }
            word.append(byte)
        }
        return word.isEmpty ? nil : String(decoding: word, as: UTF8.self)
    }

    /// The password that a person chooses: the first line of the file that they name, `PUENTE_PASSWORD`, or typed twice.
    static func chosen(for name: String, file: String?, _ invocation: Invocation) throws(Failure) -> String {
        let language = invocation.language
        let word: String
        if let file {
            word = try firstLine(of: file)
        } else if let given = invocation.environment["PUENTE_PASSWORD"], !given.isEmpty {
            word = given
        } else if let typed = ask(Text("new password of \(name): ", es: "contraseña nueva de \(name): ")(language)) {
            guard ask(Text("the same again: ", es: "otra vez la misma: ")(language)) == typed else {
                throw Failure(Text("the two are not the same", es: "las dos no son iguales"), at: name)
            }
            word = typed
        } else {
            throw Failure(
                Text(
                    "there is no terminal to type a password at",
                    es: "no hay una terminal donde escribir una contraseña"),
                at: name,
                remedy: Text(
                    "name a file with it after --password-file, or set PUENTE_PASSWORD",
                    es: "nombre un archivo con ella después de --password-file, o use PUENTE_PASSWORD"))
        }
        guard word.unicodeScalars.count >= shortest, !word.contains(where: { $0.isNewline || $0 == "\0" }) else {
            throw Failure(
                Text(
                    "a password has at least \(shortest) characters, in one line",
                    es: "una contraseña tiene al menos \(shortest) caracteres, en una línea"), at: name)
        }
        return word
    }

    /// `/dev/fd/N` and `-` read what the caller has opened.
    private static func firstLine(of file: String) throws(Failure) -> String {
        guard let handle = file == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: file),
            let bytes = try? handle.read(upToCount: 4096)
        else {
            throw Failure(Text("cannot be read", es: "no se puede leer"), at: file)
        }
        return String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }, as: UTF8.self)
    }
}
