/// The population of the run's benchmark, made by SQL: quick to make, and in the shape that the imports leave behind.
///
/// Shares follow the roll of a bimester: 2.55 children a household, 87 % of them of school age, two months of attendance,
/// one pupil in ten below the threshold, one infant in ten without a check, one household in two hundred without account.
enum BenchmarkPopulation {
    /// Cycle of the benchmark.
    static let firstDay = "2024-07-01"
    /// Its last day.
    static let lastDay = "2024-08-31"

    /// A pseudo-random number below `limit` from two numbers, the same on every machine.
    private static let draw = """
        CREATE FUNCTION bench.draw(seed bigint, salt integer, below integer) RETURNS integer
        LANGUAGE sql IMMUTABLE PARALLEL SAFE
        RETURN ((hashint8extended(seed, salt) & 9223372036854775807) % below)::integer;
        """

    /// The statements, in order, with what they make.
    static func statements(households: Int) -> [(what: String, sql: String)] {
        [
            ("schema", "CREATE SCHEMA bench; \(draw)"),
            ("territories", territories),
            ("households", self.households(households)),
            ("members", members),
            ("accounts", accounts),
            ("attendance", attendance),
            ("health checks", checks),
            ("statistics", "VACUUM ANALYZE coordination.territory, coordination.household, coordination.member"),
            ("statistics", "VACUUM ANALYZE coordination.account, transfers.attendance, transfers.health_check"),
        ]
    }

    private static let territories = """
        INSERT INTO coordination.territory (
            territory_code, name, level, parent_code, department_code, poverty_rate_hundredths)
        SELECT lpad(d::text, 2, '0'), 'Department ' || d, 1, NULL, lpad(d::text, 2, '0'), NULL::integer
        FROM generate_series(1, 25) AS d
        UNION ALL
        SELECT lpad(d::text, 2, '0') || '01', 'Province ' || d, 2, lpad(d::text, 2, '0'), lpad(d::text, 2, '0'), NULL::integer
        FROM generate_series(1, 25) AS d
        UNION ALL
        SELECT lpad(d::text, 2, '0') || '01' || lpad(n::text, 2, '0'), 'District ' || d || '-' || n, 3,
            lpad(d::text, 2, '0') || '01', lpad(d::text, 2, '0'), 4000 + bench.draw(d * 100 + n, 1, 4000)
        FROM generate_series(1, 25) AS d, generate_series(1, 50) AS n
        """

    private static func households(_ count: Int) -> String {
        """
        INSERT INTO coordination.household (household_id, residence_since, poverty_class, territory_code)
        SELECT 1000000 + h * 7, date '2015-01-01' + bench.draw(h, 2, 2500), 1 + bench.draw(h, 3, 2),
            lpad((1 + bench.draw(h, 4, 25))::text, 2, '0') || '01' || lpad((1 + bench.draw(h, 5, 50))::text, 2, '0')
        FROM generate_series(1, \(count)) AS h ORDER BY h
        """
    }

    private static let members = """
        INSERT INTO coordination.member (
            household_id, person_id, birth_date, relationship, pregnant, sex, given_names, surnames)
        SELECT h.household_id, h.household_id * 10 + k,
            CASE
                WHEN k < 2 THEN date '1980-01-01' + bench.draw(h.household_id, 10 + k, 6000)
                WHEN bench.draw(h.household_id, 20 + k, 100) < 13
                    THEN date '2024-06-30' - bench.draw(h.household_id, 30 + k, 2100)
                ELSE date '2018-06-30' - bench.draw(h.household_id, 30 + k, 4600)
            END,
            CASE k WHEN 0 THEN 1 WHEN 1 THEN 2 ELSE 3 END,
            k = 0 AND bench.draw(h.household_id, 40, 100) < 3,
            CASE WHEN k = 0 OR k % 2 = 1 THEN 'F' ELSE 'M' END,
            'María Elena', 'Quispe Mamani'
        FROM coordination.household AS h,
            generate_series(0, 2 + CASE WHEN bench.draw(h.household_id, 6, 100) < 20 THEN 0
                WHEN bench.draw(h.household_id, 6, 100) < 50 THEN 1
                WHEN bench.draw(h.household_id, 6, 100) < 76 THEN 2 ELSE 3 END) AS k
        ORDER BY h.household_id, k
        """

    private static let accounts = """
        INSERT INTO coordination.account (household_id, holder_person_id, bank_bic, account_number)
        SELECT household_id, household_id * 10, 'BANCPEPL', '04' || lpad(household_id::text, 12, '0')
        FROM coordination.household WHERE bench.draw(household_id, 50, 200) > 0 ORDER BY household_id
        """

    private static let attendance = """
        INSERT INTO transfers.attendance (
            household_id, person_id, month, level, school_days, days_attended, school_code)
        SELECT household_id, person_id, month, CASE WHEN birth_date > '2012-06-30' THEN 1 ELSE 2 END, 20,
            CASE WHEN bench.draw(person_id, 60, 100) < 10 THEN 10 ELSE 18 + bench.draw(person_id, 61, 3) END,
            'I' || lpad(bench.draw(household_id, 62, 59913)::text, 6, '0')
        FROM coordination.member, unnest(ARRAY[date '2024-07-01', date '2024-08-01']) AS month
        WHERE relationship = 3 AND birth_date BETWEEN '2005-07-02' AND '2018-07-01'
            AND bench.draw(person_id, 63, 1000) > 5
        ORDER BY household_id, person_id, month
        """

    private static let checks = """
        INSERT INTO transfers.health_check (household_id, person_id, checked_on, kind, facility_code)
        SELECT household_id, person_id, date '2024-07-01' + bench.draw(person_id, 70, 60),
            CASE WHEN pregnant THEN 2 ELSE 1 END, 'E' || lpad(bench.draw(household_id, 71, 5808)::text, 5, '0')
        FROM coordination.member
        WHERE (pregnant OR birth_date > '2019-07-01') AND bench.draw(person_id, 72, 10) > 0
        ORDER BY household_id, person_id
        """
}
