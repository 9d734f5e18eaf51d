import Glibc

/// A refusal or failure that says what was wrong, where, and what to do. Exit status 1.
struct Failure: Error {
    let what: Text
    /// The file, line, option or address it is about.
    let place: String?
    let remedy: Text?

    init(_ what: Text, at place: String? = nil, remedy: Text? = nil) {
        self.what = what
        self.place = place
        self.remedy = remedy
    }

    /// What the system says of an error number.
    static func reason(_ number: Int32) -> String { String(cString: strerror(number)) }

    /// The lines to show.
    func lines(in language: Language) -> [String] {
        var lines = [place.map { "\($0): \(what(language))" } ?? what(language)]
        if let remedy { lines.append("  → \(remedy(language))") }
        return lines
    }
}

/// Exit statuses, the same for every command.
enum ExitStatus: Int32 {
    case done = 0
    case refused = 1
    case usage = 2
}
