extension SentenceWords {
    /// Sentences about productive projects.
    static let projects: [String: String] = [
        "an agreement came into force during the import; import again":
            "un convenio entró en vigor durante la importación; importe otra vez",
        "an agreement came into force while the instalment was planned; order again":
            "un convenio entró en vigor mientras se planificaba el desembolso; ordene otra vez",
        "another instalment is already ordering for one of these projects":
            "otro desembolso ya está ordenando para uno de estos proyectos",
        "instalment {} of {} {} was never asked for": "el desembolso {1} de {2} {3} nunca se pidió",
        "instalments count from 1, in fiscal years between 2000 and 2999":
            "los desembolsos se cuentan desde 1, en años fiscales entre 2000 y 2999",
        "name a productive programme as the import's context; known: {}":
            "nombre un programa productivo como contexto de la importación; se conocen: {1}",
        "name a productive programme as the import's context; none is loaded":
            "nombre un programa productivo como contexto de la importación; no hay ninguno cargado",
        "no productive programme {} is loaded": "no está cargado ningún programa productivo {1}",
        "project {} has participants in module {}, which the programme does not have":
            "el proyecto {1} tiene participantes en el módulo {2}, que el programa no tiene",
        "the amounts of project {} are too large": "los montos del proyecto {1} son demasiado grandes",
        "the modules of project {} cost {} minor units more than the programme spends on it":
            "los módulos del proyecto {1} cuestan {2} unidades menores más de lo que el programa gasta en él",
        "the programme's definition has a {} that is not above zero":
            "la definición del programa tiene algo que no es mayor que cero: {1:part}",
        "the programme's definition has no project.unitCostMinor":
            "la definición del programa no tiene project.unitCostMinor",
        "the programme's definition has the module {} twice":
            "la definición del programa tiene el módulo {1} dos veces",
        "the programme's instalment shares sum to {} hundredths of a percent; 10000 are the whole":
            "las partes de los desembolsos del programa suman {1} centésimas de un por ciento; el total es 10000",
        "there is no instalment {}; the programme has {}": "no hay desembolso {1}; el programa tiene {2}",
    ]
}
