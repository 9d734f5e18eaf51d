import Contracts

extension CoordinationV1.ControlLevel {
    /// The level as the ledger stores it.
    var number: Int16 {
        switch self {
        case .unspecified, .absolute: 0
        case .advisory: 1
        case .none: 2
        }
    }
}

extension CoordinationV1.YearEndTreatment {
    /// The treatment as the ledger stores it; 0 where it is not said, which the ledger refuses.
    var number: Int16 {
        switch self {
        case .unspecified: 0
        case .lapse: 1
        case .carryOver: 2
        case .chargeNextYear: 3
        case .payable: 4
        }
    }
}
