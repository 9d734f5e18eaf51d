extension SentenceWords {
    /// Sentences about payment runs, pauses and proposals.
    static let runs: [String: String] = [
        "A household has its entitlement of this cycle already; nothing was decided twice.":
            "Un hogar ya tiene lo que le corresponde en este ciclo; nada se decidió dos veces.",
        "A household has its order of this cycle already; nothing was ordered twice.":
            "Un hogar ya tiene su orden de este ciclo; nada se ordenó dos veces.",
        "A proposal is confirmed by another person than the one who made it.":
            "Una propuesta la confirma otra persona que quien la hizo.",
        "A reason is needed: words of at most {} characters, without control characters.":
            "Hace falta una razón: palabras de a lo más {1} caracteres, sin caracteres de control.",
        "A run is approved or refused by another person than the one who started it.":
            "Una corrida la aprueba o la rechaza otra persona que quien la inició.",
        "A run is started, approved and refused by the person who asks for it.":
            "Una corrida la inicia, aprueba o rechaza la persona que lo pide.",
        "A run of the cycle is on its way and may pay these households. Wait until it is sent, or withdraw it.":
            "Una corrida del ciclo está en marcha y puede pagar a estos hogares. Espere a que se envíe, o retírela.",
        "A supplementary run follows the cycle's main run once its files are written; there is none.":
            """
        Una corrida complementaria sigue a la principal del ciclo cuando sus archivos están escritos; no hay \
        ninguna.
        """,
        "An approved run stays as it was approved.": "Una corrida aprobada queda como se aprobó.",
        "Another run of the cycle is under way. One run of a cycle moves at a time.":
            "Otra corrida del ciclo está en marcha. De un ciclo avanza una corrida a la vez.",
        "Cycle {} of programme {} has no payment run.": "El ciclo {1} del programa {2} no tiene corrida de pago.",
        "No payment run has this document.": "Ninguna corrida de pago tiene este documento.",
        "No payment run has this id.": "Ninguna corrida de pago tiene este identificador.",
        "Nothing of that is open in cycle {}.": "Nada de eso está pendiente en el ciclo {1}.",
        "Nothing of the cycle can be paid again now.": "Nada del ciclo puede pagarse otra vez ahora.",
        "Of {} households only {} have an open payment in cycle {}.":
            "De {1} hogares solo {2} tienen un pago pendiente en el ciclo {3}.",
        "Orders are made only for a run that a second person has approved.":
            "Solo se hacen órdenes de una corrida que una segunda persona aprobó.",
        "Other households were open a moment ago. Confirm again.":
            "Hace un momento había otros hogares pendientes. Confirme otra vez.",
        "Payments are not paused by the event that was seen. Look again.":
            "Los pagos no están en pausa por el hecho que se vio. Mire otra vez.",
        "Programme {} has no cycle {}.": "El programa {1} no tiene un ciclo {2}.",
        "The cycle's run is being started at this moment.": "La corrida del ciclo se está iniciando en este momento.",
        "The cycle's run pays on {}, not on {}. It is {}.":
            "La corrida del ciclo paga el {1}, no el {2}. Su estado: {3:run}.",
        "The definition of programme {} cannot be applied: something is wrong at {}.":
            "La definición del programa {1} no puede aplicarse: algo está mal en {2}.",
        "The proposal is being decided at this moment.": "La propuesta se está decidiendo en este momento.",
        "The proposal is {} already, by {}.": "La propuesta ya está {1:proposal}, por {2}.",
        "The run has no cycle.": "La corrida no tiene ciclo.",
        "The run has no such chunk.": "La corrida no tiene esa parte.",
        "The run is approved already.": "La corrida ya está aprobada.",
        "The run is not approved.": "La corrida no está aprobada.",
        "The run is {}: there is nothing to set going again.":
            "Estado de la corrida: {1:run}. No hay nada que volver a poner en marcha.",
        "The run is {}: what is with the bank cannot be taken back in this way.":
            "Estado de la corrida: {1:run}. Lo que tiene el banco no se retira así.",
        "The run is {}; only a run that is awaiting_approval can be approved.":
            "Estado de la corrida: {1:run}. Solo se aprueba una corrida que espera aprobación.",
        "The run is {}; only a run that is awaiting_approval can be refused.":
            "Estado de la corrida: {1:run}. Solo se rechaza una corrida que espera aprobación.",
        "The run is {}; only a run that is sent can be reconciled.":
            "Estado de la corrida: {1:run}. Solo se concilia una corrida enviada.",
        "The run is {}; that is not possible now.": "Estado de la corrida: {1:run}. Eso no es posible ahora.",
        "The run moved on at this moment. Look again.": "La corrida avanzó en este momento. Mire otra vez.",
        "The run takes up files that are with the bank; it goes on and cannot be withdrawn.":
            "La corrida recoge archivos que tiene el banco; sigue y no puede retirarse.",
        "The run's total is {} minor units, not {}. Look again.":
            "El total de la corrida es {1} unidades menores, no {2}. Mire otra vez.",
        "There is no proposal {}.": "No hay propuesta {1}.",
        """
        What was proposed is no longer the same: it was {} households and {} minor units, and is {} and {}. \
        Decline it and propose it anew.
        """:
            """
        Lo propuesto ya no es lo mismo: eran {1} hogares y {2} unidades menores, y son {3} y {4}. Rechácelo y \
        propóngalo de nuevo.
        """,
        "households or waits_for, one of them": "households o waits_for, uno de los dos",
        "kind: give_back, recall, never_sent or take_up": "kind: give_back, recall, never_sent o take_up",
        "pay_on: write the day on which the bank shall pay as YYYY-MM-DD.":
            "pay_on: escriba el día en que el banco debe pagar como AAAA-MM-DD.",
        "reason: say why, in at most 500 characters.": "reason: diga por qué, en a lo más 500 caracteres.",
        "run_id: not a UUID": "run_id: no es un UUID",
        "stage: no such stage: {}": "stage: no hay tal etapa: {1}",
        "waits_for: {}": "waits_for: {1}",
    ]
}
