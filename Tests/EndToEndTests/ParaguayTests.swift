import Foundation
import Testing

/// A whole cycle in another country: a currency without decimals, days of another time zone, other names of the stages.
@Suite(.serialized) struct ParaguayTests {
    @Test(.timeLimit(.minutes(5))) func aCycleIsPaidInACurrencyWithoutDecimals() async throws {
        try await TestSite.with(.paraguay) { site in
            let families = ParaguayFiles(households: 40)
            try families.write(to: site.data)
            let scheme = Program.root.appendingPathComponent("deploy/programmes/paraguay/budget_scheme.json").path
            try await site.done("budget", "scheme", scheme, "--as", "ana")
            try await site.prepareCycle()
            // One component of the programme, as its file says it: 20000 are 20,000 guaraníes.
            let total = families.paid * 20_000
            let run = try await site.startRun()
            #expect(text(run, "state") == "awaiting_approval")
            #expect(number(run, "payableHouseholds") == families.paid)
            #expect(number(run, "totalMinor") == total)
            let figure = "\(total / 1_000),000"
            let review = try await site.done(["payments", "review"] + site.cycle + ["--as", "luis"]).output
            #expect(review.contains("total \(figure) PYG") && !review.contains(".00"))
            // An amount of a currency without decimals has none.
            let decimals = try await site.refused(
                ["payments", "approve"] + site.cycle + ["--total", "\(total).50", "--as", "luis"])
            #expect(decimals.contains("not an amount of PYG"))
            #expect(text(try await site.approveRun(), "state") == "sent")

            let files = try site.bankFiles().values.map { String(decoding: $0, as: UTF8.self) }
            let payment = "<InstdAmt Ccy=\"PYG\">20000</InstdAmt>"
            #expect(files.reduce(0) { $0 + $1.components(separatedBy: payment).count - 1 } == families.paid)
            #expect(files.count == 1 && files[0].contains("<CtrlSum>\(total)</CtrlSum>"))

            try await site.takeBankAnswers()
            let reconciliation = try await site.reconcile()
            #expect(number(reconciliation, "differenceMinor") == 0)
            #expect(number(reconciliation, "rejectedMinor") >= 20_000)
            #expect(number(reconciliation, "paidMinor") > 0)
            #expect(number(reconciliation, "ledgerPaidMinor") == number(reconciliation, "paidMinor"))
            let totals = try await site.done(["payments", "totals"] + site.cycle + ["--as", "luis"]).output
            #expect(totals.contains(" \(figure) ") && !totals.contains("DIFFERS") && !totals.contains(".00"))
            let status = try await site.done("budget", "status", "--year", "2024", "--as", "ana").output
            #expect(status.contains("obligación") && !status.contains("devengado") && !status.contains(".00"))
        }
    }

    @Test(.timeLimit(.minutes(5))) func theDayIsTheCountrys() async throws {
        try await TestSite.with(.paraguay) { site in
            let place = Program.root.appendingPathComponent("deploy/programmes/paraguay/country.json").path
            try await site.done("country", "load", place, "--as", "ana")
            // In July 2024 Asunción was four hours behind UTC; Lima is five.
            let days = try await site.rows(
                """
                SELECT coordination.civil_day(moment)::text AS day
                FROM unnest(ARRAY['2024-07-01T03:59:59Z', '2024-07-01T04:00:00Z']::timestamptz[]) AS moment
                """)
            #expect(days == [#"{"day":"2024-06-30"}"#, #"{"day":"2024-07-01"}"#])
        }
    }

    @Test(.timeLimit(.minutes(5))) func aSecondProgrammeThatPaysMakesTheCommandAsk() async throws {
        try await TestSite.with(.paraguay) { site in
            let place = Program.root.appendingPathComponent("deploy/programmes/paraguay").path
            try await site.done("country", "load", "\(place)/country.json", "--as", "ana")
            let none = try await site.refused(["payments", "status"] + site.cycle + ["--as", "ana"])
            #expect(none.contains("no programme that pays transfers is loaded"))
            try await site.done("programme", "load", "\(place)/programa_inventado.json", "--as", "ana")
            let open = ["cycle", "open"] + site.cycle + ["--from", "2024-07-01", "--to", "2024-08-31", "--as", "ana"]
            let only = try await site.done(open)
            #expect(only.notices.contains("programme programa_inventado: the only one that pays transfers"))
            let definition = try String(contentsOfFile: "\(place)/programa_inventado.json", encoding: .utf8)
            let second = "\(site.directory)/second.json"
            try definition.replacing("\"programa_inventado\"", with: "\"segundo_inventado\"").write(
                toFile: second, atomically: true, encoding: .utf8)
            try await site.done("programme", "load", second, "--as", "ana")
            let asked = try await site.refused(["payments", "status"] + site.cycle + ["--lang", "es", "--as", "ana"])
            #expect(asked.contains("podría ser cualquiera de estos: programa_inventado, segundo_inventado"))
            #expect(asked.contains("--programme programa_inventado"))
            try await site.done(open + ["--programme", "segundo_inventado"])
        }
    }
}
