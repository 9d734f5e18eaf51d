extension SentenceWords {
    /// Sentences with which the queue's functions in the database refuse.
    static let steering: [String: String] = [
        "a cron expression has 200 characters at most": "una expresión cron tiene a lo más 200 caracteres",
        "a cron expression has five fields: minute hour day month weekday":
            "una expresión cron tiene cinco campos: minuto hora día mes día de la semana",
        "a decision is never repeated: whoever decides gives it again":
            "una decisión nunca se repite: quien decide la da otra vez",
        "a decision is taken when it is given, not again and again":
            "una decisión se toma cuando se da, no una y otra vez",
        "a decision is taken when it is given: it has no notBefore, delayMs or thenMethod":
            "una decisión se toma cuando se da: no tiene notBefore, delayMs ni thenMethod",
        "a field of a cron expression is empty": "un campo de una expresión cron está vacío",
        "a person has twenty recurrences at most": "una persona tiene a lo más veinte recurrencias",
        "a reason has 500 characters at most": "una razón tiene a lo más 500 caracteres",
        "a recurrence has a name of 1 to 200 characters": "una recurrencia tiene un nombre de 1 a 200 caracteres",
        "a recurrence takes no options that belong to one call":
            "una recurrencia no toma opciones que son de una llamada",
        "a request is a JSON object": "un pedido es un objeto JSON",
        "a step is 1 or more": "un paso es 1 o más",
        "a step needs a range; did you mean {}-{}/{}?": "un paso necesita un rango; ¿quiso decir {1}-{2}/{3}?",
        "a step of {} is longer than {} to {}": "un paso de {1} es más largo que {2} a {3}",
        "another role made this call": "otro rol hizo esta llamada",
        "finished calls are kept for 1 day to 3650 days": "las llamadas terminadas se conservan de 1 a 3650 días",
        "it must be *, a number such as 5, a range such as 1-5, or these with a step such as */10":
            "debe ser *, un número como 5, un rango como 1-5, o estos con un paso como */10",
        "leases last 1 ms to a day": "los arriendos duran de 1 ms a un día",
        "methods, requests and options must be arrays of one length":
            "methods, requests y options deben ser listas de un mismo largo",
        "nobody serves {} now": "nadie atiende {1} ahora",
        "notBefore and delayMs exclude each other": "notBefore y delayMs se excluyen",
        "only operators may do this": "solo los operadores pueden hacer esto",
        "only {} repeats a call of theirs": "solo {1} repite una llamada suya",
        "options must be a JSON object": "options debe ser un objeto JSON",
        "parent must be a call that you made or that was made to you":
            "parent debe ser una llamada que usted hizo o que se le hizo",
        "priority must be {} to 9 here: only services go before others":
            "priority debe ser de {1} a 9 aquí: solo los servicios van antes que otros",
        "role {} may not call {}": "el rol {1} no puede llamar a {2}",
        "role {} may not call {} any more": "el rol {1} ya no puede llamar a {2}",
        "role {} may not serve {}": "el rol {1} no puede atender {2}",
        "service {} has no published method {}": "el servicio {1} no tiene publicado un método {2}",
        "the call moves too fast to be cancelled; try again":
            "la llamada avanza demasiado rápido para cancelarla; intente otra vez",
        "the call was cancelled": "la llamada se canceló",
        "the cron expression names no time": "la expresión cron no nombra ninguna hora",
        "the deadline passed": "el plazo pasó",
        "the deadline passed before the call was done": "el plazo pasó antes de que la llamada terminara",
        "the idempotency key was used before with another request":
            "la clave de idempotencia ya se usó con otro pedido",
        "the range runs backwards; did you mean {}-{}?": "el rango va hacia atrás; ¿quiso decir {1}-{2}?",
        "the request has {} bytes; one to {} has {} at most": "el pedido tiene {1} bytes; uno a {2} tiene a lo más {3}",
        "the worker is not registered": "el trabajador no está registrado",
        "thenState belongs to a thenMethod": "thenState va con un thenMethod",
        "there is no call {}": "no hay llamada {1}",
        "there is no method or service {}": "no hay método ni servicio {1}",
        "there is no method {}": "no hay método {1}",
        "there must be an array of requests, and options must be a JSON object":
            "debe haber una lista de pedidos, y options debe ser un objeto JSON",
        "whoever cancels calls that services made says why":
            "quien cancela llamadas que hicieron servicios dice por qué",
        "whoever ends a recurrence of a service says why": "quien termina una recurrencia de un servicio dice por qué",
        "whoever {} a call that a service made says why":
            "quien {1:steers} una llamada que hizo un servicio dice por qué",
        "{} is outside {} to {}": "{1} está fuera de {2} a {3}",
        """
        {} makes this call itself, and what it looks after then is looked after no more until the service starts \
        again. Whoever means it says internal, and the reason
        """:
            """
        {1} hace esta llamada por sí mismo, y lo que ella cuida ya no se cuida hasta que el servicio arranque \
        otra vez. Quien de verdad lo quiera dice internal, y la razón
        """,
        "{} must have 200 bytes at most: it orders the calls of {}":
            "{1} debe tener a lo más 200 bytes: ordena las llamadas de {2}",
        "{} needs an idempotency key": "{1} necesita una clave de idempotencia",
        "{} of a cron expression: {}": "{1} de una expresión cron: {2:sentence}",
        "{} owns the recurrence": "la recurrencia es de {1}",
        "{}. Whoever means it says internal, and the reason":
            "{1:belonging}. Quien de verdad lo quiera dice internal, y la razón",
        // What is wrong with one option of a call.
        "{} must be a whole number from {} to {}": "{1} debe ser un número entero de {2} a {3}",
        "{} must be a moment with its zone, at most 90 days ahead, such as 2031-05-01T06:00:00-05:00":
            "{1} debe ser un momento con su zona, a lo más 90 días adelante, como 2031-05-01T06:00:00-05:00",
        "{} is no moment of the calendar": "{1} no es un momento del calendario",
        "{} must be a text of 1 to 200 bytes": "{1} debe ser un texto de 1 a 200 bytes",
        "{} must be true or false": "{1} debe ser true o false",
        "{} must be a traceparent of W3C trace context": "{1} debe ser un traceparent de W3C trace context",
        "{} must be an object of texts, of 8192 bytes at most":
            "{1} debe ser un objeto de textos, de a lo más 8192 bytes",
        "{} must be a channel rpc_client_…": "{1} debe ser un canal rpc_client_…",
        "{} must be the number of a call": "{1} debe ser el número de una llamada",
        "{} must be the name of a method": "{1} debe ser el nombre de un método",
        "{} must be an object of 1 MiB at most": "{1} debe ser un objeto de a lo más 1 MiB",
        """
        {} is no option (there are deadlineMs, delayMs, notBefore, priority, idempotencyKey, orderingKey, \
        waitForReady, metadata, traceparent, replyTo, parent, inheritDeadline, thenMethod and thenState)
        """:
            """
        {1} no es una opción (hay deadlineMs, delayMs, notBefore, priority, idempotencyKey, orderingKey, \
        waitForReady, metadata, traceparent, replyTo, parent, inheritDeadline, thenMethod y thenState)
        """,
        "the queue could not take this call on (SQLSTATE {})": "la cola no pudo seguir con esta llamada (SQLSTATE {1})",
    ]
}
