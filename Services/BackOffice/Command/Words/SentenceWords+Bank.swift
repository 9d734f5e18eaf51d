extension SentenceWords {
    /// Sentences about what banks answer.
    static let bank: [String: String] = [
        "Number {} cannot be settled so: {}.": "El número {1} no puede resolverse así: {2}.",
        "The household's next order follows the one that was open again.":
            "La siguiente orden del hogar sigue a la que quedó pendiente otra vez.",
        "The same file is being imported at this moment.": "El mismo archivo se está importando en este momento.",
        "There is nothing with number {} on the list.": "En la lista no hay nada con el número {1}.",
        "Whoever imported the bank's message cannot take money as paid or come back.":
            "Quien importó el mensaje del banco no puede dar dinero por pagado o devuelto.",
        "decision is neither 'take' nor 'pass'": "decision no es ni 'take' ni 'pass'",
        "numbers must be 1 to {}": "los números deben ser de 1 a {1}",
        "reason must have 1 to {} characters": "la razón debe tener de 1 a {1} caracteres",
    ]
}
