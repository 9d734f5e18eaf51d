extension SentenceWords {
    /// Sentences about imports and files as a whole.
    static let imports: [String: String] = [
        "an upload stands twice in the request, or there are more than 10000":
            "una carga está dos veces en el pedido, o hay más de 10000",
        "an upload's id is no UUID": "el identificador de una carga no es un UUID",
        "cannot be read": "no puede leerse",
        "column {} holds a NUL character": "la columna {1} contiene un carácter NUL",
        "column {} is missing; expected for {}: {}": "falta la columna {1}; se espera para {2}: {3}",
        "column {} is not UTF-8; save the file as UTF-8 (for instance: iconv -f LATIN1 -t UTF-8)":
            "la columna {1} no es UTF-8; guarde el archivo como UTF-8 (por ejemplo: iconv -f LATIN1 -t UTF-8)",
        "column {} is not called {}; expected for {}: {}": "la columna {1} no se llama {2}; se espera para {3}: {4}",
        "column {}: a carriage return without a line feed; end lines with LF or CR LF":
            "columna {1}: un retorno de carro sin salto de línea; termine las líneas con LF o CR LF",
        "column {}: text follows a closing quote; write a quote within a field twice":
            "columna {1}: hay texto después de la comilla de cierre; dentro de un campo escriba la comilla dos veces",
        "no files to import: upload_ids is empty": "no hay archivos que importar: upload_ids está vacío",
        "no upload {}; send the file first": "no hay carga {1}; envíe primero el archivo",
        "say in words, in one line of at most {} bytes, why the changes are right":
            "diga con palabras, en una línea de a lo más {1} bytes, por qué los cambios son correctos",
        "say whether good rows are kept: mode is missing": "diga si se conservan las filas buenas: falta mode",
        """
        the bytes of {} are not here any more (imported already, older than a day, or lost in a crash of the \
        database server); send the file again
        """:
            """
        los bytes de {1} ya no están aquí (ya importados, de hace más de un día, o perdidos en una caída del \
        servidor de la base); envíe el archivo otra vez
        """,
        """
        the columns are separated by semicolons; a CSV file with commas, in UTF-8, is read: save it with commas \
        (in the spreadsheet: "CSV UTF-8 (comma delimited)", with a point as the decimal sign)
        """:
            """
        las columnas están separadas por punto y coma; se lee un archivo CSV con comas, en UTF-8: guárdelo con \
        comas (en la hoja de cálculo: "CSV UTF-8 (delimitado por comas)", con punto como signo decimal)
        """,
        """
        the columns are separated by tabs; a CSV file with commas, in UTF-8, is read: open it in the spreadsheet \
        and save the sheet as "CSV UTF-8 (comma delimited)"
        """:
            """
        las columnas están separadas por tabuladores; se lee un archivo CSV con comas, en UTF-8: ábralo en la \
        hoja de cálculo y guarde la hoja como "CSV UTF-8 (delimitado por comas)"
        """,
        "the columns stand in another order; expected for {}: {}":
            "las columnas están en otro orden; se espera para {1}: {2}",
        "the file has a header and no rows; leave it out": "el archivo tiene un encabezado y ninguna fila; quítelo",
        "the file has no rows": "el archivo no tiene filas",
        "the file is empty; was it saved and sent whole?": "el archivo está vacío; ¿se guardó y se envió entero?",
        "the first line is no header of this import; expected one of {}":
            "la primera línea no es un encabezado de esta importación; se espera uno de {1}",
        "the quote opened at column {} is never closed": "la comilla que se abre en la columna {1} nunca se cierra",
        "the record that begins here is longer than {} bytes; is a quote never closed?":
            "el registro que empieza aquí tiene más de {1} bytes; ¿una comilla no se cierra?",
        "this is JSON; a CSV file with commas, in UTF-8, is read: ask the sender for CSV":
            "esto es JSON; se lee un archivo CSV con comas, en UTF-8: pida CSV a quien lo envió",
        """
        this is UTF-16 or UTF-32 text; a CSV file with commas, in UTF-8, is read: open it in the spreadsheet and \
        save the sheet as "CSV UTF-8 (comma delimited)", or convert it (iconv -f UTF-16 -t UTF-8)
        """:
            """
        esto es texto UTF-16 o UTF-32; se lee un archivo CSV con comas, en UTF-8: ábralo en la hoja de cálculo \
        y guarde la hoja como "CSV UTF-8 (delimitado por comas)", o conviértalo (iconv -f UTF-16 -t UTF-8)
        """,
        "this is XML or HTML; a CSV file with commas, in UTF-8, is read: ask the sender for CSV":
            "esto es XML o HTML; se lee un archivo CSV con comas, en UTF-8: pida CSV a quien lo envió",
        """
        this is a PDF; a CSV file with commas, in UTF-8, is read: ask the sender for the table that it was made \
        from
        """:
            """
        esto es un PDF; se lee un archivo CSV con comas, en UTF-8: pida a quien lo envió la tabla de la que se \
        hizo
        """,
        "this is a compressed file (.gz); a CSV file with commas, in UTF-8, is read: unpack it first (gunzip)":
            """
        esto es un archivo comprimido (.gz); se lee un archivo CSV con comas, en UTF-8: descomprímalo primero \
        (gunzip)
        """,
        "this is a file of {}; this import takes {}": "este es un archivo de {1}; esta importación toma {2}",
        """
        this is a workbook (.xls); a CSV file with commas, in UTF-8, is read: open it in the spreadsheet and save \
        the sheet as "CSV UTF-8 (comma delimited)"
        """:
            """
        esto es un libro de cálculo (.xls); se lee un archivo CSV con comas, en UTF-8: ábralo en la hoja de \
        cálculo y guarde la hoja como "CSV UTF-8 (delimitado por comas)"
        """,
        """
        this is a workbook (.xlsx, .ods) or another archive; a CSV file with commas, in UTF-8, is read: open it in \
        the spreadsheet and save the sheet as "CSV UTF-8 (comma delimited)"
        """:
            """
        esto es un libro de cálculo (.xlsx, .ods) u otro archivo comprimido; se lee un archivo CSV con comas, \
        en UTF-8: ábralo en la hoja de cálculo y guarde la hoja como "CSV UTF-8 (delimitado por comas)"
        """,
        "{} columns too many; expected for {}: {}": "sobran columnas: {1}; se espera para {2}: {3}",
    ]
}
