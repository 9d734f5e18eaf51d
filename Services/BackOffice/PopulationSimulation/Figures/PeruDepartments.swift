/// Juntos and Haku Wiñay by department, August 2024: the figures of `deploy/programmes/peru/departments_2024-08.csv`, whose
/// README names their source. A test compares the two.
enum PeruDepartments {
    /// INEI code, name, affiliated, paid, Haku Wiñay households in projects under way.
    static let rows: [(code: String, name: String, affiliated: Int, paid: Int, hakuWinay: Int)] = [
        ("01", "Amazonas", 34_000, 32_715, 3_718), ("02", "Áncash", 37_091, 36_267, 5_200),
        ("03", "Apurímac", 29_710, 29_040, 5_059), ("04", "Arequipa", 8_444, 7_356, 1_600),
        ("05", "Ayacucho", 31_518, 30_620, 8_000), ("06", "Cajamarca", 108_290, 106_196, 10_647),
        ("07", "Callao", 4_549, 3_662, 0), ("08", "Cusco", 43_116, 41_975, 5_450),
        ("09", "Huancavelica", 28_455, 27_746, 6_800), ("10", "Huánuco", 45_206, 43_286, 6_050),
        ("11", "Ica", 6_686, 5_382, 0), ("12", "Junín", 30_353, 28_295, 5_700),
        ("13", "La Libertad", 56_209, 53_306, 6_000), ("14", "Lambayeque", 21_972, 20_597, 400),
        ("15", "Lima", 35_367, 28_649, 2_400), ("16", "Loreto", 58_593, 49_109, 6_594),
        ("17", "Madre de Dios", 2_577, 2_321, 402), ("18", "Moquegua", 1_124, 1_024, 1_200),
        ("19", "Pasco", 9_066, 8_652, 2_850), ("20", "Piura", 95_327, 90_617, 4_118),
        ("21", "Puno", 42_259, 41_256, 7_159), ("22", "San Martín", 42_006, 40_218, 3_220),
        ("23", "Tacna", 3_997, 3_692, 800), ("24", "Tumbes", 4_662, 4_246, 0),
        ("25", "Ucayali", 13_046, 11_151, 3_256),
    ]

    /// The department's name; its code where the table lacks it.
    static func name(of code: String) -> String { rows.first { $0.code == code }?.name ?? code }
}
