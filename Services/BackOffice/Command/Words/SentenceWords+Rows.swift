extension SentenceWords {
    /// Sentences about refused rows; the field stands before them.
    static let rows: [String: String] = [
        """
        agreement {}, version {}: a project starts only while the household receives transfers, and none of its \
        transfer programmes serves this one
        """:
            """
        convenio {1}, versión {2}: un proyecto empieza solo mientras el hogar recibe transferencias, y ninguno \
        de sus programas de transferencias atiende a este
        """,
        "agreement {}, version {}: all its places are taken":
            "convenio {1}, versión {2}: todos sus lugares están ocupados",
        """
        agreement {}, version {}: {} places are reserved for its target population and {} are filled; others wait \
        until all are, or a deciding member signs an override
        """:
            """
        convenio {1}, versión {2}: hay {3} lugares reservados para su población objetivo y {4} están ocupados; \
        los demás esperan a que todos lo estén, o a que un miembro que decide firme una excepción
        """,
        "begins like a formula of a spreadsheet; a name does not begin with = + - or @":
            "empieza como una fórmula de hoja de cálculo; un nombre no empieza con = + - ni @",
        "cannot stand in a bank file: printable ASCII without spaces, at most 34 of it":
            "no puede estar en un archivo para el banco: ASCII imprimible sin espacios, a lo más 34",
        "has none of the bank's forms: {}; write it without spaces and hyphens":
            "no tiene ninguna de las formas del banco: {1:form}; escríbalo sin espacios ni guiones",
        """
        has the form of {}, but its check digits do not follow from its other digits: a digit is wrong; ask the \
        household for the number as the bank wrote it
        """:
            """
        tiene la forma de {1}, pero sus dígitos de control no resultan de los demás: un dígito está mal; pida \
        al hogar el número como lo escribió el banco
        """,
        "has {} decimals; at most {} are expected": "tiene {1} decimales; se esperan a lo más {2}",
        "has {} decimals; exactly {} are expected": "tiene {1} decimales; se esperan exactamente {2}",
        """
        has {} digits, and {} has more; did a spreadsheet take leading zeros away? format the column as text in \
        the original and save it as CSV again
        """:
            """
        tiene {1} dígitos, y {2:form} tiene más; ¿una hoja de cálculo quitó los ceros iniciales? dé a la \
        columna formato de texto en el original y guárdelo otra vez como CSV
        """,
        "has {} fields; {} are expected": "tiene {1} campos; se esperan {2}",
        "holds a control character, a line end or a mark of direction; names are letters and signs in one line":
            """
        contiene un carácter de control, un fin de línea o una marca de dirección; los nombres son letras y \
        signos en una línea
        """,
        "holds spaces and nothing else": "contiene espacios y nada más",
        "is a household of another project of the programme": "es un hogar de otro proyecto del programa",
        "is a person whose name has no letter that a bank file can carry; correct the name in members.csv":
            """
        es una persona cuyo nombre no tiene ninguna letra que un archivo para el banco pueda llevar; corrija \
        el nombre en members.csv
        """,
        "is a project of another programme": "es un proyecto de otro programa",
        "is at a bank for which the country's file names no form of account numbers":
            "es de un banco para el que el archivo del país no nombra ninguna forma de números de cuenta",
        "is below zero": "es menor que cero",
        "is empty": "está vacío",
        "is empty: only the highest level has no parent": "está vacío: solo el nivel más alto no tiene superior",
        "is empty; expected {}": "está vacío; se espera {1}",
        "is longer than {} bytes": "tiene más de {1} bytes",
        "is more than school_days": "es más que school_days",
        "is no amount; write digits, a point and two decimals, as in 1200.50":
            "no es un monto; escriba dígitos, un punto y dos decimales, como en 1200.50",
        "cannot be judged: the country's file in force names no levels; load the file as it is now":
            "no se puede juzgar: el archivo vigente del país no nombra niveles; cargue el archivo actual",
        "is no code of the level: {} (has it lost a leading zero?)":
            "no es un código del nivel: {1:form} (¿perdió un cero inicial?)",
        "is no code: letters, digits and -_./ only": "no es un código: solo letras, dígitos y -_./",
        "is no date; write it as in {}": "no es una fecha; escríbala como en {1}",
        "is no day of the calendar since 1900": "no es un día del calendario desde 1900",
        "is no household of the registry": "no es un hogar del padrón",
        "is no household, neither of the registry nor among the good rows of this import":
            "no es un hogar, ni del padrón ni de las filas buenas de esta importación",
        "is no member of the household, neither in the registry nor among the good rows of this import":
            "no es integrante del hogar, ni en el padrón ni en las filas buenas de esta importación",
        "is no module of the programme": "no es un módulo del programa",
        "is no territory of a higher level, neither in the registry nor among the good rows of this import":
            "no es un territorio de nivel superior, ni en el padrón ni en las filas buenas de esta importación",
        """
        is no territory, neither of the registry nor among the good rows of this import (has it lost a leading \
        zero?)
        """:
            """
        no es un territorio, ni del padrón ni de las filas buenas de esta importación (¿perdió un cero \
        inicial?)
        """,
        "is no whole number": "no es un número entero",
        "is no whole number; write digits only": "no es un número entero; escriba solo dígitos",
        "is nobody of the registry": "no es nadie del padrón",
        "is not between 0 and 100": "no está entre 0 y 100",
        "is not between {} and {}": "no está entre {1} y {2}",
        "is not one of {}": "no es uno de {1}",
        """
        is one of {} accounts, of {} stored, that this import would replace; look at the file, and if it is right, \
        say why: --accept-changes REASON
        """:
            """
        es una de {1} cuentas, de {2} guardadas, que esta importación reemplazaría; mire el archivo y, si es \
        correcto, diga por qué: --accept-changes RAZÓN
        """,
        """
        is the number that is stored, but for leading zeros; did a spreadsheet take them away? format the column \
        as text in the original and save it as CSV again
        """:
            """
        es el número guardado, salvo los ceros iniciales; ¿los quitó una hoja de cálculo? dé a la columna \
        formato de texto en el original y guárdelo otra vez como CSV
        """,
        """
        is the {}th row that is refused; reading ended here and nothing of the file is kept: correct what the rows \
        above have in common
        """:
            """
        es la fila rechazada número {1}; la lectura terminó aquí y nada del archivo se conserva: corrija lo \
        que las filas de arriba tienen en común
        """,
        """
        is written as a power of ten, as a spreadsheet shows long numbers; its digits are lost: format the column \
        as text in the original and save it as CSV again
        """:
            """
        está escrito como potencia de diez, como una hoja de cálculo muestra números largos; sus dígitos se \
        perdieron: dé a la columna formato de texto en el original y guárdelo otra vez como CSV
        """,
        "lies in the future": "está en el futuro",
        "lies outside the cycle": "está fuera del ciclo",
        "lies outside the cycle; a month counts in the cycle that its first day lies in":
            "está fuera del ciclo; un mes cuenta en el ciclo en que está su primer día",
        "line {} has a check of this kind of this person on this day already":
            "la línea {1} ya tiene un control de este tipo de esta persona en este día",
        "line {} has an account of this household already": "la línea {1} ya tiene una cuenta de este hogar",
        "line {} has this household already": "la línea {1} ya tiene este hogar",
        "line {} has this household, project and module already": "la línea {1} ya tiene este hogar, proyecto y módulo",
        "line {} has this person already": "la línea {1} ya tiene esta persona",
        "line {} has this person, month and school already": "la línea {1} ya tiene esta persona, mes y escuela",
        "line {} has this territory already": "la línea {1} ya tiene este territorio",
        "line {} is the head of this household already": "la línea {1} ya es el jefe de este hogar",
        "line {} of another file has a check of this kind of this person on this day already":
            "la línea {1} de otro archivo ya tiene un control de este tipo de esta persona en este día",
        "line {} of another file has an account of this household already":
            "la línea {1} de otro archivo ya tiene una cuenta de este hogar",
        "line {} of another file has this household already": "la línea {1} de otro archivo ya tiene este hogar",
        "line {} of another file has this household, project and module already":
            "la línea {1} de otro archivo ya tiene este hogar, proyecto y módulo",
        "line {} of another file has this person already": "la línea {1} de otro archivo ya tiene esta persona",
        "line {} of another file has this person, month and school already":
            "la línea {1} de otro archivo ya tiene esta persona, mes y escuela",
        "line {} of another file has this territory already": "la línea {1} de otro archivo ya tiene este territorio",
        "line {} of another file is the head of this household already":
            "la línea {1} de otro archivo ya es el jefe de este hogar",
        "line {} of another file puts this person in another household":
            "la línea {1} de otro archivo pone a esta persona en otro hogar",
        "line {} puts this person in another household": "la línea {1} pone a esta persona en otro hogar",
        "lives in another department than the project": "vive en otro departamento que el proyecto",
        "must be empty: the highest level has no parent": "debe estar vacío: el nivel más alto no tiene superior",
        "the registry has another head of this household; say in the same file what that person is now":
            "el padrón tiene otro jefe de este hogar; diga en el mismo archivo qué es ahora esa persona",
        "the registry has this person in another household": "el padrón tiene a esta persona en otro hogar",
    ]
}
