import ReportingDomain
import Tabular
import Vocabulary

/// The report's figures as CSV: codes and names, households, and exact amounts in major units with the currency's digits. There is
/// no line of sums, so that whoever adds up a column gets the sum.
enum CycleTables {
    static func households(_ report: CycleReport) throws -> [UInt8] {
        let header = [
            "department_code", "department", "currency", "affiliated_households", "verified_households",
            "entitled_households", "entitled_amount", "ordered_households", "ordered_amount", "paid_households",
            "paid_amount", "rejected_households", "rejected_amount", "returned_households", "returned_amount",
            "waiting_households", "waiting_amount", "project_households", "both_programmes_households",
            "budget_appropriated", "budget_reserved", "budget_committed", "budget_accrued", "budget_ordered",
            "budget_paid", "suspended_households", "exited_households", "overlap_exception",
        ]
        return try csv(header) { writer in
            for department in report.departments {
                let figures = department.figures
                writer.add(department.code)
                writer.add(department.name)
                writer.add(report.currency)
                writer.add(figures.affiliated)
                writer.add(figures.verified)
                for tally in [
                    figures.entitled, figures.ordered, figures.paid, figures.rejected, figures.returned,
                    figures.waiting,
                ] {
                    writer.add(tally.households)
                    writer.add(amount(tally.minor, report))
                }
                writer.add(figures.inProjects)
                writer.add(figures.inBoth)
                for stage in report.stages(inDepartment: department.code).inOrder { writer.add(amount(stage, report)) }
                writer.add(figures.suspended)
                writer.add(figures.exited)
                writer.add(report.overlap.map { "\($0.number)" } ?? "")
                try writer.endRow()
            }
        }
    }

    static func budget(_ report: CycleReport) throws -> [UInt8] {
        let header = [
            "programme", "department_code", "currency", "appropriated", "reserved", "committed", "accrued", "ordered",
            "paid",
        ]
        return try csv(header) { writer in
            for budget in report.budgets {
                writer.add(budget.programme)
                writer.add(budget.departmentCode)
                writer.add(report.currency)
                for stage in budget.stages.inOrder { writer.add(amount(stage, report)) }
                try writer.endRow()
            }
        }
    }

    /// One row for each agreement.
    static func agreements(_ report: CycleReport) throws -> [UInt8] {
        let header = [
            "agreement", "title", "state", "version", "institutions", "several_institutions", "intended",
            "programmes", "reserved_places", "reserved_places_filled", "target_households", "other_households",
            "override_households", "overrides_signed", "refused_households", "refused_at_start_households",
            "started_by_override_households", "currency", "earmarked", "drawn", "returned",
            "committed", "accrued", "ordered", "paid",
        ]
        return try csv(header) { writer in
            for row in report.agreements {
                writer.add(row.agreement)
                writer.add(row.title)
                writer.add(row.state)
                writer.add(Int64(row.version))
                writer.add(row.institutions.joined(separator: "; "))
                writer.add(row.architecture.severalInstitutions ? "true" : "false")
                writer.add(row.architecture.intended ? "true" : "false")
                writer.add(Int64(row.architecture.programmes))
                for count in [
                    row.places.reserved, row.places.filled, row.places.target, row.places.others,
                    row.places.overridden, row.overridesSigned, row.places.refused, row.places.refusedAtStart,
                    row.places.startedByOverride,
                ] {
                    writer.add(count)
                }
                writer.add(report.currency)
                for minor in [
                    row.earmark.earmarked, row.earmark.drawn, row.earmark.returned, row.earmark.committed,
                    row.earmark.accrued,
                    row.earmark.ordered, row.earmark.paid,
                ] {
                    writer.add(amount(minor, report))
                }
                try writer.endRow()
            }
        }
    }

    private static func csv(_ header: [String], _ rows: (inout CSVWriter) throws -> Void) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try withoutActuallyEscaping({ (piece: [UInt8]) in bytes += piece }) { sink in
            var writer = CSVWriter(to: sink)
            for name in header { writer.add(name) }
            try writer.endRow()
            try rows(&writer)
            try writer.flush()
        }
        return bytes
    }

    /// An exact amount with the digits of the report's currency.
    private static func amount(_ minor: Int64, _ report: CycleReport) -> String {
        ExactDecimal.text(minor, fractionDigits: Currency(code: report.currency)?.fractionDigits ?? 0)
    }
}
