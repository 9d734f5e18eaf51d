import Foundation
import Testing

/// The places that a page links to, without those on the web and those within the page.
private func links(in text: String) -> [String] {
    text.components(separatedBy: "](").dropFirst().compactMap { rest in
        let target = String(rest.prefix { $0 != ")" })
        return target.hasPrefix("http") || target.hasPrefix("#") ? nil : String(target.prefix { $0 != "#" })
    }
}

@Test func everyLinkOfAPageLeadsSomewhere() {
    let pages =
        SourceTree.files(below: ["Shared", "Services", "Tests", "deploy"]) { $0.hasSuffix(".md") }
        + [
            SourceTree.File(
                path: "README.md",
                text: (try? String(contentsOf: SourceTree.root.appendingPathComponent("README.md"), encoding: .utf8))
                    ?? "")
        ]
    #expect(pages.count > 3)
    for page in pages {
        let place = SourceTree.root.appendingPathComponent(page.path).deletingLastPathComponent()
        for link in links(in: page.text) {
            let target = place.appendingPathComponent(link).standardizedFileURL.path
            #expect(FileManager.default.fileExists(atPath: target), "\(page.path) links to \(link)")
        }
    }
}

@Test func linksAreRecognised() {
    #expect(links(in: "[a](b.md) [c](https://d) [e](#f) [g](h/i.md#j)") == ["b.md", "h/i.md"])
}
