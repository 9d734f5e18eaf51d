extension SentenceWords {
    /// Sentences about bank files and the outbox.
    static let files: [String: String] = [
        "A household's order before is not open any more: it was given back, or is being paid.":
            "La orden anterior de un hogar ya no está pendiente: se devolvió, o se está pagando.",
        "A household's payment is given back already.": "El pago de un hogar ya está devuelto.",
        "Programme {} does not say who pays (payments).": "El programa {1} no dice quién paga (payments).",
        "The bank file cannot be written: {} of its transaction {} is not valid.":
            "El archivo para el banco no puede escribirse: {1} de su transacción {2} no es válido.",
        "The bank file cannot be written: {} of the programme's payer is not valid.":
            "El archivo para el banco no puede escribirse: {1} del pagador del programa no es válido.",
        "The bank file {} of the run is written; it cannot be withdrawn.":
            "El archivo {1} de la corrida está escrito; ya no puede retirarse.",
        "The bank has spoken about {} payments of {}: it has the file.":
            "El banco ya habló de {1} pagos de {2}: tiene el archivo.",
        "The bank is speaking about payments of {}.": "El banco está informando sobre pagos de {1}.",
        "The file is recalled already.": "El archivo ya está retirado.",
        "The file would have other bytes than were recorded; it is not written.":
            "El archivo tendría otros bytes que los registrados; no se escribe.",
        "The file {} has left the outbox: the bank may have it.":
            "El archivo {1} salió de la bandeja: el banco puede tenerlo.",
        "The file {} has other bytes than were written.": "El archivo {1} tiene otros bytes que los escritos.",
        "The file {} is not as it was taken up.": "El archivo {1} no está como se recogió.",
        "The file {} is not in the outbox: the bank may have it.":
            "El archivo {1} no está en la bandeja: el banco puede tenerlo.",
        "The file {} is recalled already.": "El archivo {1} ya está retirado.",
        "The files changed a moment ago.": "Los archivos cambiaron hace un momento.",
        "The files pay households twice, or that the registry does not know.":
            "Los archivos pagan a hogares dos veces, o a hogares que el padrón no conoce.",
        "The manifest's line about {} has no digest.": "La línea del manifiesto sobre {1} no tiene huella.",
        "The outbox for bank files cannot be written to: its disk is full.":
            "No se puede escribir en la bandeja de archivos para el banco: su disco está lleno.",
        "The outbox for bank files cannot be written to: its file system is read-only.":
            "No se puede escribir en la bandeja de archivos para el banco: su disco es de solo lectura.",
        "The outbox for bank files cannot be written to: the directory is not there.":
            "No se puede escribir en la bandeja de archivos para el banco: el directorio no existe.",
        "The outbox for bank files cannot be written to: the service may not write there.":
            "No se puede escribir en la bandeja de archivos para el banco: el servicio no puede escribir ahí.",
        "The outbox for bank files cannot be written to: the system reports a failure.":
            "No se puede escribir en la bandeja de archivos para el banco: el sistema informa una falla.",
        "The outbox has a file {} with other bytes. It is not replaced: find out who changed it.":
            "La bandeja tiene un archivo {1} con otros bytes. No se reemplaza: averigüe quién lo cambió.",
        "The outbox has files that this database does not know: the bank may be paying them.":
            "La bandeja tiene archivos que esta base no conoce: el banco puede estar pagándolos.",
        "The outbox has no manifest, and files were written to it.":
            "La bandeja no tiene manifiesto, y en ella se escribieron archivos.",
        "The run moved on while its file was written.": "La corrida avanzó mientras se escribía su archivo.",
        "The run of the file {} is not sent; it can be withdrawn.":
            "La corrida del archivo {1} no está enviada; puede retirarse.",
        "files: name what never reached the bank": "files: nombre lo que nunca llegó al banco",
        "files: name what shall be recalled": "files: nombre lo que se debe retirar",
        "files: name what shall be taken up": "files: nombre lo que se debe recoger",
        "files: names, not paths": "files: nombres, no rutas",
        "{} and {} are of two runs of one cycle: take them up one after the other.":
            "{1} y {2} son de dos corridas de un ciclo: recójalas una después de la otra.",
        "{} cannot be taken up now: {}.": "{1} no puede recogerse ahora: {2}.",
        "{} has no day of payment.": "{1} no tiene día de pago.",
        "{} is not a file that is announced, missing and forgotten.":
            "{1} no es un archivo anunciado, ausente y olvidado.",
        "{} is not a file that the database has forgotten.": "{1} no es un archivo que la base haya olvidado.",
    ]
}
