import Foundation
import Testing

extension CycleTests {
    @Test func aPeriodIsPaidOnceUnlessTwoPeopleSignAndAMistakeIsClosedEmpty() async throws {
        try await TestSite.with(households: 60) { site in
            try await site.prepareCycle()
            let second = ["cycle", "open", "--cycle", "2024-04", "--from", "2024-08-01", "--to", "2024-09-30"]
            let refused = try await site.refused(second + ["--as", "ana"])
            #expect(refused.contains("2024-4 (2024-07-01 to 2024-08-31)") && refused.contains("--overlap-reason"))
            let asked = try await site.refused(second + ["--overlap-reason", "flood | Piura", "--as", "ana"])
            #expect(asked.contains("cycle allow-overlap --cycle 2024-04"))
            let allow = ["cycle", "allow-overlap", "--cycle", "2024-04"]
            #expect(try await site.refused(allow + ["--as", "ana"]).contains("another person"))
            #expect(try await site.done(allow + ["--as", "luis"]).output.contains("flood | Piura"))
            #expect(try await site.done(second + ["--as", "ana"]).output.contains("exception 1"))
            let listed = try await site.done("cycle", "list", "--lang", "es", "--as", "luis").output
            #expect(listed.contains("pedida por ana, firmada por luis: flood | Piura"))
            let report = "\(site.directory)/overlap"
            try await site.done("report", "run", "cycle", "--cycle", "2024-04", "--out", report, "--as", "luis")
            let page = try String(contentsOfFile: "\(report)/juntos-2024-04-en.html", encoding: .utf8)
            #expect(page.contains("asked for by ana and signed by luis"))

            try await site.done("cycle", "close", "--cycle", "2024-04", "--reason", "mistake", "--as", "ana")
            #expect(try await site.done("cycle", "list", "--as", "ana").output.contains("closed empty"))
            try await site.done(
                "cycle", "open", "--cycle", "2024-04", "--from", "2024-09-01", "--to", "2024-10-31", "--as", "ana")

            // What comes after the run changes nothing there, and says so.
            _ = try await site.startRun()
            let held = try await site.refused("cycle", "close", "--cycle", "2024-4", "--reason", "x", "--as", "ana")
            #expect(held.contains("payments withdraw"))
            let file = try #require(site.files("school_attendance").first)
            let rows = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
            let absent = rows.dropFirst().map { $0.split(separator: ",").dropLast().joined(separator: ",") + ",0" }
            let late = [String(rows[0])] + absent
            let corrected = try site.write("late.csv", late.joined(separator: "\n") + "\n")
            let said = try await site.done("evidence", "import", corrected, "--cycle", "2024-4", "--as", "ana")
            #expect(said.output.contains("cycle 2024-4 of juntos has decided on"))
            let row = try #require(
                try await site.rows(
                    "SELECT household_id FROM transfers.household_outcome WHERE outcome = 1 ORDER BY 1 LIMIT 1"
                ).first)
            let household = row.filter(\.isNumber)
            let explain = ["payments", "explain", "--cycle", "2024-4", "--household", household, "--as", "luis"]
            let words = try await site.done(explain).output
            #expect(words.contains("The frozen rules give the same again.") && !words.contains("NOT give"))
            #expect(try await site.done(explain + ["--lang", "es"]).output.contains("dan otra vez lo mismo"))
        }
    }
}
