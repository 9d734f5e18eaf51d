import Vocabulary

// What a programme's definition means in the words that every module shares.

extension CoordinationV1.ProgrammeKind {
    /// The kind. A definition without one is refused before it is stored.
    public var vocabulary: Vocabulary.ProgrammeKind {
        switch self {
        case .conditionalTransfer, .unspecified: .conditionalTransfer
        case .productiveProject: .productiveProject
        }
    }
}
