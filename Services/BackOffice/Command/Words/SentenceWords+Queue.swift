extension SentenceWords {
    /// Sentences of the queue.
    static let queue: [String: String] = [
        "The call did not end within its deadline.": "La llamada no terminó dentro de su plazo.",
        "The call was cancelled.": "La llamada se canceló.",
        "The call was stopped.": "La llamada se detuvo.",
        "The caller stopped waiting.": "Quien llamó dejó de esperar.",
        "The client is closed.": "El cliente está cerrado.",
        "The database could not be reached.": "No se pudo llegar a la base de datos.",
        "The database could not be reached; it is not known whether the call was accepted.":
            "No se pudo llegar a la base de datos; no se sabe si la llamada se aceptó.",
        "The database had no room or lock for the work; nothing of it was done.":
            "La base de datos no tuvo espacio o cerrojo para el trabajo; nada de él se hizo.",
        "The database stopped the work; nothing of it was done.":
            "La base de datos detuvo el trabajo; nada de él se hizo.",
        "The deadline passed before the call was done.": "El plazo pasó antes de que la llamada terminara.",
        "The deadline passed while the call ran.": "El plazo pasó mientras la llamada corría.",
        "The work conflicted with other work.": "El trabajo chocó con otro trabajo.",
        "The worker was stopped.": "El trabajador se detuvo.",
        "This database role may not do that.": "Este rol de la base de datos no puede hacer eso.",
        "This worker does not serve the method.": "Este trabajador no atiende el método.",
    ]
}
