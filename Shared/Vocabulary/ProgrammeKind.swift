/// The kinds of programmes, by the words that are stored (`programme_kind_check`).
public enum ProgrammeKind: String, Sendable, CaseIterable {
    /// It pays transfers.
    case conditionalTransfer = "conditional_transfer"
    /// It runs projects.
    case productiveProject = "productive_project"
}
