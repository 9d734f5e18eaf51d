/// A site on which one account of a machine can act as every person: good for trying, for a demonstration and for tests.
enum Trying {
    /// The last words of commands by which a person decides something.
    private static let decisions: Set<String> = [
        "approve", "refuse", "withdraw", "recall", "sign", "activate", "suspend", "terminate", "override", "continue",
        "pause", "close", "close-year", "reopen-year", "seal", "except", "decide", "execute", "settle",
    ]

    static let notice = Text(
        "for trying only: whoever can use this account can act as any person",
        es: "solo para probar: quien pueda usar esta cuenta puede actuar como cualquiera")

    /// Says so before a decision.
    static func warn(_ site: Site, _ person: Site.Person, _ invocation: Invocation) {
        guard site.isPrivate || person.isStored, let act = invocation.path.last, decisions.contains(act) else { return }
        invocation.terminal.notice(notice)
    }
}
