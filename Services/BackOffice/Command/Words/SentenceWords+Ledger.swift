extension SentenceWords {
    /// Sentences about the budget ledger.
    static let ledger: [String: String] = [
        "`on` is not a date like 2024-08-31": "`on` no es una fecha como 2024-08-31",
        "`through` is not a date like 2024-08-31": "`through` no es una fecha como 2024-08-31",
        "a batch needs at least one posting": "un lote necesita al menos un asiento",
        "a ceiling is at most 10^17 minor units of its currency":
            "un techo es de a lo más 10^17 unidades menores de su moneda",
        "a ceiling is not negative": "un techo no es negativo",
        "a day can be sealed when it is over": "un día puede cerrarse cuando ha pasado",
        "a limit's code has 1 to 64 letters, digits and . _ / -":
            "el código de un límite tiene de 1 a 64 letras, dígitos y . _ / -",
        "a line holds, and is overdrawn by, at most 10^17 minor units of its currency":
            "una línea tiene, y se sobregira en, a lo más 10^17 unidades menores de su moneda",
        "a line needs its currency as three capital letters": "una línea necesita su moneda como tres mayúsculas",
        "a line needs its fund: 1 to 32 letters, digits and . _ / -":
            "una línea necesita su fuente: de 1 a 32 letras, dígitos y . _ / -",
        "a line needs its ministry: 1 to 32 letters, digits and . _ / -":
            "una línea necesita su ministerio: de 1 a 32 letras, dígitos y . _ / -",
        "a line needs its programme: 1 to 32 letters, digits and . _ / -":
            "una línea necesita su programa: de 1 a 32 letras, dígitos y . _ / -",
        "a line needs its territory: 1 to 16 letters, digits and . _ / -":
            "una línea necesita su territorio: de 1 a 16 letras, dígitos y . _ / -",
        "a line that is overdrawn cannot be controlled absolutely":
            "una línea sobregirada no puede tener control absoluto",
        "a line's code has 1 to 64 letters, digits and . _ / -":
            "el código de una línea tiene de 1 a 64 letras, dígitos y . _ / -",
        "a scheme says in 1 to 1000 characters where it is from": "un esquema dice en 1 a 1000 caracteres de dónde es",
        "a scheme's code has 1 to 32 small letters, digits and _":
            "el código de un esquema tiene de 1 a 32 minúsculas, dígitos y _",
        "another batch is posting the same identifier; try again":
            "otro lote está asentando el mismo identificador; intente otra vez",
        "another batch is reversing the same posting; try again":
            "otro lote está revirtiendo el mismo asiento; intente otra vez",
        "another is opening the same document; try again":
            "alguien más está abriendo el mismo documento; intente otra vez",
        "budget line {}: currency: {} is no currency of ISO 4217":
            "línea {1}: currency: {2} no es una moneda de ISO 4217",
        "budget line {}: fiscal_year: {} is not open": "línea {1}: fiscal_year: {2} no está abierto",
        "budget line {}: it exists with other dimensions": "línea {1}: ya existe con otras dimensiones",
        "budget line {}: line: it has none of the country's forms: {}":
            "línea {1}: line: no tiene ninguna de las formas del país: {2:form}",
        "budget line {}: territory_code: {} is no {}, which budgets hang on: {}":
            "línea {1}: territory_code: {2} no es {3}, de donde cuelga el presupuesto: {4:form}",
        "budget line {}: programme: {} is not loaded": "línea {1}: programme: {2} no está cargado",
        "budget line {}: territory_code: {} is no territory of the registry":
            "línea {1}: territory_code: {2} no es un territorio del padrón",
        "currency: {} is no currency of ISO 4217": "currency: {1} no es una moneda de ISO 4217",
        "every stage needs a name of 1 to 40 characters": "cada etapa necesita un nombre de 1 a 40 caracteres",
        "fiscal year {} is sealed": "el año fiscal {1} está cerrado",
        "fiscal year {} still holds money between its stages": "el año fiscal {1} aún tiene dinero entre sus etapas",
        "fiscal years lie between 1900 and 2999": "los años fiscales están entre 1900 y 2999",
        "less than that is {}": "hay menos que eso: {1:stage}",
        "more than this ceiling is reserved already": "ya está reservado más que este techo",
        "no budget line has fiscal year {}": "ninguna línea tiene el año fiscal {1}",
        "posting {}: {} is not a date like 2024-08-31": "asiento {1}: {2} no es una fecha como 2024-08-31",
        "say which control level": "diga qué nivel de control",
        "say why the control level changes": "diga por qué cambia el nivel de control",
        "the checkpoint is not signed with the given key": "el punto de control no está firmado con la clave dada",
        "the log does not have this root at {} leaves": "el registro no tiene esta raíz con {1} hojas",
        "the postings of this batch add up to more than a line can hold":
            "los asientos de este lote suman más de lo que una línea puede tener",
        "the scheme is not loaded, or lines use its rules already":
            "el esquema no está cargado, o ya hay líneas que usan sus reglas",
        "the year's holds changed meanwhile; try again": "lo retenido del año cambió entretanto; intente otra vez",
        "this is not a signed checkpoint of the budget ledger":
            "esto no es un punto de control firmado del libro de presupuesto",
        "this limit covers other lines": "este límite cubre otras líneas",
        "yearEnd.source: say in 1 to 1000 characters which rule it is":
            "yearEnd.source: diga en 1 a 1000 caracteres qué norma es",
        """
        yearEnd: reserved and committed money lapses, is carried over or charged to the next year; accrued money \
        lapses, is carried over or stays payable; what is with the bank stays payable: orders, and accruals where \
        there is no order
        """:
            """
        yearEnd: lo reservado y comprometido vence, se traslada o se carga al año siguiente; lo devengado \
        vence, se traslada o queda por pagar; lo que tiene el banco queda por pagar: lo girado, y lo devengado \
        donde no se gira
        """,
        "yearEnd: say what becomes of each stage at the end of the year":
            "yearEnd: diga qué pasa con cada etapa al final del año",
        "{} cannot be closed: {}": "{1} no puede cerrarse: {2:posting}",
        "{} changed meanwhile; try again": "{1} cambió entretanto; intente otra vez",
    ]
}
