extension SentenceWords {
    /// Sentences about working groups and decisions.
    static let groups: [String: String] = [
        "a decision needs its grounds, an owner and a day by which it is executed":
            "una decisión necesita su fundamento, un responsable y un día hasta el cual se ejecuta",
        "a group needs members": "un grupo necesita miembros",
        "decision {} is executed already": "la decisión {1} ya está ejecutada",
        "decision {} is {}'s to execute": "la decisión {1} la ejecuta {2}",
        "each member stands once, with a name": "cada miembro está una vez, con un nombre",
        "escalatesAfterDays cannot be negative": "escalatesAfterDays no puede ser negativo",
        "escalatesTo: there is no operator {}": "escalatesTo: no hay operador {1}",
        "group: a code has 1 to 40 letters, digits and . _ -":
            "group: un código tiene de 1 a 40 letras, dígitos y . _ -",
        "mandate: say what gives its deciding members the right to decide":
            "mandate: diga qué da a sus miembros el derecho a decidir",
        "no member of {} may decide: the group can record minutes and proposals, and nothing else":
            "ningún miembro de {1} puede decidir: el grupo puede registrar actas y propuestas, y nada más",
        "nobody gives themself the right to decide: another person must do it":
            "nadie se da a sí mismo el derecho a decidir: debe hacerlo otra persona",
        "only a member of {} may change its members": "solo un miembro de {1} puede cambiar sus miembros",
        "owner: there is no operator {}": "owner: no hay operador {1}",
        "quorum: it must be between 1 and the deciding members":
            "quorum: debe estar entre 1 y los miembros que deciden",
        "say whether it is minutes, a proposal or a decision": "diga si es un acta, una propuesta o una decisión",
        "the decision has 1 to 4000 characters": "la decisión tiene de 1 a 4000 caracteres",
        "the grounds have 1 to 4000 characters": "el fundamento tiene de 1 a 4000 caracteres",
        "the group was formed anew at the same moment; try again":
            "el grupo se formó de nuevo en el mismo momento; intente otra vez",
        "the text has 1 to 4000 characters": "el texto tiene de 1 a 4000 caracteres",
        "there is no decision {}": "no hay decisión {1}",
        "there is no working group {}": "no hay grupo de trabajo {1}",
        "you are not a member of {}": "usted no es miembro de {1}",
        "{} decides with {} deciding members; {} were present": "{1} decide con {2} miembros que deciden; había {3}",
        "{} may not decide in {}": "{1} no puede decidir en {2}",
    ]
}
