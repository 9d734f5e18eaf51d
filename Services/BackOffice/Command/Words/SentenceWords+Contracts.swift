extension SentenceWords {
    /// Sentences about JSON that does not fit the contracts; the field stands before them.
    static let contracts: [String: String] = [
        "expected UTF-8": "se esperaba UTF-8",
        "expected a length of time in seconds such as \"1.5s\"": "se esperaba una duración en segundos como \"1.5s\"",
        "expected a moment of RFC 3339": "se esperaba un momento según RFC 3339",
        "expected a number within the field's range": "se esperaba un número dentro del rango del campo",
        "expected a whole number within the field's range": "se esperaba un número entero dentro del rango del campo",
        "expected base64": "se esperaba base64",
        "expected {}": "se esperaba {1:expected}",
        "half of a surrogate pair": "medio par de sustitutos",
        "malformed JSON at byte {}: expected {}": "JSON mal formado en el byte {1}: se esperaba {2:expected}",
        "malformed escape": "escape mal formado",
        "nested too deeply": "anidado a demasiada profundidad",
        "the contract has no such field": "el contrato no tiene tal campo",
        "the contract has no such value": "el contrato no tiene tal valor",
        "the field is given twice": "el campo se da dos veces",
        "the key is given twice": "la clave se da dos veces",
        "the number is too large": "el número es demasiado grande",
    ]
}
