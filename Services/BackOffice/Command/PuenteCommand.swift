extension Command {
    /// The whole tree.
    static let puente = Command(
        "puente",
        Text(
            "Runs social protection and productive projects as one programme",
            es: "Lleva la protección social y los proyectos productivos como un solo programa"),
        example: "puente up --detach",
        [
            up, down, migrate, backup, restore, status, operators, country, programme, agreement, group, decision,
            registry, evidence,
            participants, budget, cycle, payments, bank, projects, report, simulate, queue, call,
        ])

    private static let bank = Command(
        "bank", Text("The bank's files", es: "Los archivos del banco"),
        example: "puente bank import answers/pain.002-0001.xml --as ana",
        [bankSimulate, bankImport, bankOdd, bankSettle])
}
