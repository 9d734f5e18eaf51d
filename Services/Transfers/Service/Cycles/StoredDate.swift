import Contracts
import Postgres
import Vocabulary

extension CalendarDate {
    /// The date that PostgreSQL keeps as so many days since 2000-01-01; its `infinity` is none.
    init(stored days: Int32) throws(PostgresError) {
        guard let date = CalendarDate(daysSinceEpoch2000: days) else {
            throw PostgresError(decoding: "a date outside the calendar")
        }
        self = date
    }

    /// The date of a column that may be NULL.
    init?(stored days: Int32?) throws(PostgresError) {
        guard let days else { return nil }
        try self.init(stored: days)
    }
}
