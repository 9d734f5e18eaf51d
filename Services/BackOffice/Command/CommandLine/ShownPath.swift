import Foundation

extension String {
    /// The path as a person best reads it: from the working directory where it lies below that.
    var asShownPath: String {
        let here = FileManager.default.currentDirectoryPath + "/"
        return hasPrefix(here) ? String(dropFirst(here.count)) : self
    }
}
