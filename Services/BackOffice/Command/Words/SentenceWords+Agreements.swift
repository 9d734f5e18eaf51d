extension SentenceWords {
    /// Sentences about agreements.
    static let agreements: [String: String] = [
        "a signature that has taken effect stays": "una firma que ya surtió efecto queda",
        "agreement: a code has 1 to 40 letters, digits and . _ -":
            "agreement: un código tiene de 1 a 40 letras, dígitos y . _ -",
        "an agreement needs its first and its last day": "un convenio necesita su primer y su último día",
        "an override for household {} is signed already": "ya está firmada una excepción para el hogar {1}",
        "another version was proposed at the same moment; read it, then try again":
            "otra versión se propuso en el mismo momento; léala y luego intente otra vez",
        "architecture: say how many programmes are joined, and how":
            "architecture: diga cuántos programas se unen, y cómo",
        "condition: {} has {} release conditions, counted from 1":
            "condition: {1} tiene {2} condiciones de liberación, contadas desde 1",
        "currency: say in which currency the earmarks and the unit's cost are, by ISO 4217":
            "currency: diga en qué moneda están las asignaciones y el costo por unidad, según ISO 4217",
        "documentPrefix: 1 to 64 characters": "documentPrefix: de 1 a 64 caracteres",
        "earmarks: a line is earmarked twice": "earmarks: una línea está asignada dos veces",
        "household {} is not in the registry": "el hogar {1} no está en el padrón",
        "no programme {} is loaded: the agreement could not act on it":
            "no está cargado ningún programa {1}: el convenio no podría actuar sobre él",
        "only a deciding member of a party signs for it": "por una parte solo firma uno de sus miembros que deciden",
        "only a member of a party may amend {}": "solo un miembro de una parte puede modificar {1}",
        "only a member of a party may propose {}": "solo un miembro de una parte puede proponer {1}",
        "parties: a party has no name": "parties: una parte no tiene nombre",
        "parties: a party stands twice": "parties: una parte está dos veces",
        "parties: an agreement needs its parties": "parties: un convenio necesita sus partes",
        "places: a reserved share needs to know of how many":
            "places: una parte reservada necesita saber de cuántos lugares",
        "programmes: an agreement names its programmes, each once":
            "programmes: un convenio nombra sus programas, cada uno una vez",
        "reason: at most 240 characters": "reason: a lo más 240 caracteres",
        "reason: say why": "reason: diga por qué",
        "reason: say why it is amended": "reason: diga por qué se modifica",
        "releaseConditions: each has a text of its own": "releaseConditions: cada una tiene un texto propio",
        "reserved places cannot be negative, nor more than all":
            "los lugares reservados no pueden ser negativos, ni más que todos",
        "reservedPlaces and reservedShareHundredths: give one of them":
            "reservedPlaces y reservedShareHundredths: dé uno de los dos",
        "say which condition holds again; lapsed: {}":
            "diga qué condición vuelve a cumplirse; no se cumplen: {1:lapsed}",
        "signatures are missing for this": "faltan firmas para esto",
        "subject: an override names a household by its number": "subject: una excepción nombra un hogar por su número",
        "target.povertyClasses: {} is none of {}": "target.povertyClasses: {1} no es ninguna de {2}",
        "target.servedBy: {} is no programme of the agreement": "target.servedBy: {1} no es un programa del convenio",
        "target: places are reserved, and nothing says for whom":
            "target: hay lugares reservados, y nada dice para quién",
        "terms: the text is missing": "terms: falta el texto",
        "that this condition has lapsed is recorded already": "que esta condición no se cumple ya está registrado",
        "the earmark of {} cannot be given back: {}": "la asignación de {1} no puede devolverse: {2:posting}",
        "the earmark of {} is too large": "la asignación de {1} es demasiado grande",
        "the earmark of {} must be above zero": "la asignación de {1} debe ser mayor que cero",
        "the earmark of {} needs the documents it is for":
            "la asignación de {1} necesita los documentos para los que es",
        "the earmark of {} was drawn on at the same moment; try again":
            "la asignación de {1} se utilizó en el mismo momento; intente otra vez",
        "the last day of {} was {}": "el último día de {1} fue {2}",
        "there is no agreement {}": "no hay convenio {1}",
        "there is no agreement {} to amend": "no hay convenio {1} que modificar",
        "this condition holds": "esta condición se cumple",
        "title: an agreement needs a title": "title: un convenio necesita un título",
        "unitCostMinor cannot be negative": "unitCostMinor no puede ser negativo",
        "version {} was proposed since version {}; read it, then sign":
            "la versión {1} se propuso después de la {2}; léala y luego firme",
        "withdraws: say which signature: to sign, suspend, resume or end":
            "withdraws: diga qué firma: sign, suspend, resume o end",
        "you are not a member of a party to {}": "usted no es miembro de una parte de {1}",
        "you have no such signature under {} that waits for others":
            "usted no tiene una firma así en {1} que espere a otras",
        "your membership in {} is to inform and be informed, not to decide":
            "en {1} usted informa y es informado, no decide",
        "{} begins on {}": "{1} empieza el {2}",
        "{} binds money of {} for the same documents; give one of them another prefix":
            "{1} reserva dinero de {2} para los mismos documentos; dé a uno de ellos otro prefijo",
        "{} earmarks money and is no party": "{1} asigna dinero y no es una parte",
        "{} has ended; propose a new one under another code": "{1} ha terminado; proponga uno nuevo con otro código",
        "{} has no member who may decide: it can only inform":
            "{1} no tiene ningún miembro que pueda decidir: solo puede informar",
        "{} is a member twice: a person signs for one party":
            "{1} es miembro dos veces: una persona firma por una parte",
        "{} is not in force yet; propose its new text": "{1} aún no está en vigor; proponga su nuevo texto",
        "{} is {}": "{1} está {2:agreement}",
        "{} is {}, version {}; nothing waits for this act":
            "{1} está {2:agreement}, versión {3}; nada espera este acto",
        "{} is {}; amend it instead": "{1} está {2:agreement}; modifíquelo",
        "{}: a member has no name": "{1}: un miembro no tiene nombre",
        "{}: the quorum must be between 1 and its deciding members":
            "{1}: el quórum debe estar entre 1 y sus miembros que deciden",
    ]
}
