import Foundation
import ISO20022

/// A file that appears under its name only when it is complete.
final class AnswerFile {
    let path: String
    private let descriptor: Int32
    var xml: XMLByteWriter

    init(path: String) throws {
        self.path = path
        let descriptor = open(path + ".part", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw BankSimulationError.file(path: path, errno: errno) }
        self.descriptor = descriptor
        xml = XMLByteWriter { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                guard count > 0 else { throw BankSimulationError.file(path: path, errno: errno) }
                rest = rest.dropFirst(count)
            }
        }
    }

    deinit { close(descriptor) }

    /// Completes the file and gives its path.
    func finish() throws -> String {
        try xml.flush()
        guard rename(path + ".part", path) == 0 else { throw BankSimulationError.file(path: path, errno: errno) }
        return path
    }
}
