extension SentenceWords {
    /// Sentences about cycles, evidence and reports.
    static let cycles: [String: String] = [
        "Another cycle of the programme has some of these days.":
            "Otro ciclo del programa tiene algunos de estos días.",
        "No cycle {} of programme {} is open.": "No está abierto ningún ciclo {1} del programa {2}.",
        "No programme {} is loaded.": "No está cargado ningún programa {1}.",
        "The cycle is being opened at this moment.": "El ciclo se está abriendo en este momento.",
        "The cycle is open already, with other days.": "El ciclo ya está abierto, con otros días.",
        "The exception has opened a cycle already.": "La excepción ya abrió un ciclo.",
        "The identifiers of this cycle's payments would be another cycle's. Give it another code.":
            "Los identificadores de los pagos de este ciclo serían los de otro. Déle otro código.",
        "The registry had no such household when the cycle was opened.":
            "El padrón no tenía ese hogar cuando se abrió el ciclo.",
        "another person than the one who asked signs an exception":
            "una excepción la firma otra persona que quien la pidió",
        "cycle: write letters, digits and hyphens, at most twenty.":
            "cycle: escriba letras, dígitos y guiones, a lo más veinte.",
        "first_day: write the day as YYYY-MM-DD.": "first_day: escriba el día como AAAA-MM-DD.",
        "is longer than 500 characters": "tiene más de 500 caracteres",
        "is not a language of reports: en, es": "no es un idioma de los informes: en, es",
        "is not a report; there is: cycle": "no es un informe; hay: cycle",
        "last_day: is before first_day.": "last_day: es anterior a first_day.",
        "last_day: write the day as YYYY-MM-DD.": "last_day: escriba el día como AAAA-MM-DD.",
        "name the cycle that the evidence belongs to: context is empty":
            "nombre el ciclo al que corresponde la evidencia: context está vacío",
        "nobody has asked for an exception for cycle {} of programme {}":
            "nadie ha pedido una excepción para el ciclo {1} del programa {2}",
        "payments of cycle {} were ordered; it is closed when its run is":
            "se ordenaron pagos del ciclo {1}; se cierra cuando se cierra su corrida",
        "programme {} has cycles over these days already: {}": "el programa {1} ya tiene ciclos en estos días: {2}",
        "programme {} has no cycle {}": "el programa {1} no tiene un ciclo {2}",
        "say why, in at most 500 characters": "diga por qué, en a lo más 500 caracteres",
        "the exception is signed already; open the cycle": "la excepción ya está firmada; abra el ciclo",
        "the payment run of cycle {} is {}; withdraw it first":
            "el ciclo {1} tiene una corrida de pago ({2:run}); retírela primero",
        "there is no cycle {}; open it first": "no hay ciclo {1}; ábralo primero",
    ]
}
