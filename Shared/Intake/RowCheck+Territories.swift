import Tabular
import Vocabulary

extension RowCheck {
    /// The number of a territory's level, counted from the highest of the country, whose codes have the form of `code`.
    public mutating func level(
        _ row: borrowing CSVRow, _ field: Int, ofCode code: UnsafeRawBufferPointer, _ codeField: Int
    ) -> Int16 {
        guard let known = forms?.territories.levels, !known.isEmpty else {
            refuse(
                field, .unknownWord,
                "cannot be judged: the country's file in force names no levels; load the file as it is now")
            return 1
        }
        let level = word(row, field, levels)
        let form = known[Int(level) - 1].codeForm
        if passed, !form.fits(code) {
            refuse(
                codeField, .badCode,
                "is no code of the level: \(form.description) (has it lost a leading zero?)")
        }
        return level
    }
}
