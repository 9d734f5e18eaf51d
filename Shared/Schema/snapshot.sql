-- What the database's schema is, one line for each thing, in a stable order. `snapshot` writes it to snapshot.txt; a
-- test compares.
WITH ours AS (SELECT oid, nspname FROM pg_namespace WHERE nspowner = (SELECT oid FROM pg_roles WHERE rolname =
    'puente_owner')),
-- Partitions by day are made as days come: only their parents count.
held AS (
    SELECT c.oid, c.relkind, c.relname, n.nspname || '.' || c.relname AS name, c.relacl, c.relpersistence, c.reloptions
    FROM pg_class AS c JOIN ours AS n ON n.oid = c.relnamespace
    WHERE NOT (c.relispartition AND c.relname ~ '_[0-9]{8}$')
        AND NOT EXISTS (
            SELECT FROM pg_index AS i JOIN pg_class AS t ON t.oid = i.indrelid
            WHERE i.indexrelid = c.oid AND t.relispartition AND t.relname ~ '_[0-9]{8}$')
),
granted AS (
    SELECT h.name, h.relkind, coalesce(g.rolname, 'public') AS grantee, string_agg(a.privilege_type,
        ' ' ORDER BY a.privilege_type) AS rights
    FROM held AS h CROSS JOIN LATERAL aclexplode(h.relacl) AS a LEFT JOIN pg_roles AS g ON g.oid = a.grantee
    WHERE a.grantee <> (SELECT oid FROM pg_roles WHERE rolname = 'puente_owner') GROUP BY 1, 2, 3
),
line (place, text) AS (
    SELECT 1, 'table ' || name || CASE relpersistence WHEN 'u' THEN ' unlogged' ELSE '' END
        || coalesce(' with ' || array_to_string(reloptions, ', '), '')
        || CASE relkind WHEN 'p' THEN ' partitioned ' || pg_get_partkeydef(oid) ELSE '' END
    FROM held WHERE relkind IN ('r', 'p')
    UNION ALL
    SELECT 2, 'column ' || h.name || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
        || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
        || CASE a.attidentity WHEN 'a' THEN ' IDENTITY' WHEN 'd' THEN ' IDENTITY BY DEFAULT' ELSE '' END
        || coalesce(CASE a.attgenerated WHEN 's' THEN ' GENERATED ' ELSE ' DEFAULT ' END || pg_get_expr(d.adbin,
            d.adrelid), '')
        || CASE WHEN a.attcollation <> t.typcollation THEN ' COLLATE ' || a.attcollation::regcollation ELSE '' END
    FROM held AS h JOIN pg_attribute AS a ON a.attrelid = h.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type AS t ON t.oid = a.atttypid
    LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE h.relkind IN ('r', 'p')
    UNION ALL
    SELECT 3, 'constraint ' || h.name || ' ' || c.conname || ' ' || pg_get_constraintdef(c.oid)
    FROM held AS h JOIN pg_constraint AS c ON c.conrelid = h.oid WHERE c.contype <> 't'
    UNION ALL
    SELECT 4, pg_get_indexdef(h.oid) FROM held AS h WHERE h.relkind IN ('i', 'I')
    UNION ALL
    SELECT 5, 'sequence ' || name FROM held WHERE relkind = 'S'
    UNION ALL
    SELECT 6, 'type ' || h.name || ' (' || string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod),
        ', ' ORDER BY a.attnum) || ')'
    FROM held AS h JOIN pg_attribute AS a ON a.attrelid = h.oid AND a.attnum > 0 WHERE h.relkind = 'c' GROUP BY h.name
    UNION ALL
    SELECT 7, 'view ' || name || ' ' || md5(pg_get_viewdef(oid)) FROM held WHERE relkind = 'v'
    UNION ALL
    SELECT 8, 'routine ' || n.nspname || '.' || p.proname || '(' || pg_get_function_arguments(p.oid) || ') '
        || coalesce('returns ' || pg_get_function_result(p.oid), '') || ' ' || l.lanname
        || CASE p.provolatile WHEN 'i' THEN ' immutable' WHEN 's' THEN ' stable' ELSE '' END
        || CASE WHEN p.prosecdef THEN ' definer' ELSE '' END || CASE WHEN p.proisstrict THEN ' strict' ELSE '' END
        || coalesce(' set ' || array_to_string(p.proconfig, ', '), '')
        || ' ' || md5(regexp_replace(coalesce(pg_get_function_sqlbody(p.oid), p.prosrc), '\s+', ' ', 'g'))
    FROM pg_proc AS p JOIN ours AS n ON n.oid = p.pronamespace JOIN pg_language AS l ON l.oid = p.prolang
    UNION ALL
    SELECT 9, pg_get_triggerdef(t.oid) FROM pg_trigger AS t JOIN held AS h ON h.oid = t.tgrelid
    WHERE NOT t.tgisinternal AND t.tgparentid = 0
    UNION ALL
    SELECT 10, 'right ' || name || ' to ' || grantee || ': ' || rights FROM granted
    UNION ALL
    SELECT 11, 'right ' || h.name || ' (' || string_agg(a.attname, ', ' ORDER BY a.attname) || ') to ' || g.rolname ||
        ': ' || e.privilege_type
    FROM held AS h JOIN pg_attribute AS a ON a.attrelid = h.oid AND a.attacl IS NOT NULL
    CROSS JOIN LATERAL aclexplode(a.attacl) AS e JOIN pg_roles AS g ON g.oid = e.grantee GROUP BY h.name, g.rolname,
        e.privilege_type
    UNION ALL
    SELECT 12, 'right ' || n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ') to '
        || string_agg(coalesce(g.rolname, 'public'), ', ' ORDER BY g.rolname)
    FROM pg_proc AS p JOIN ours AS n ON n.oid = p.pronamespace CROSS JOIN LATERAL aclexplode(p.proacl) AS e
    LEFT JOIN pg_roles AS g ON g.oid = e.grantee WHERE e.grantee <> (SELECT oid FROM pg_roles WHERE rolname =
        'puente_owner') GROUP BY n.nspname,
        p.proname, p.oid
    UNION ALL
    SELECT 13, 'comment ' || coalesce(h.name, n.nspname || '.' || p.proname) || coalesce('.' || a.attname, '') || ' '
        || md5(d.description)
    FROM pg_description AS d
    LEFT JOIN held AS h ON d.classoid = 'pg_class'::regclass AND h.oid = d.objoid
    LEFT JOIN pg_attribute AS a ON d.classoid = 'pg_class'::regclass AND a.attrelid = d.objoid AND a.attnum
        = d.objsubid AND d.objsubid > 0
    LEFT JOIN pg_proc AS p ON d.classoid = 'pg_proc'::regclass AND p.oid = d.objoid LEFT JOIN ours AS n ON n.oid
        = p.pronamespace
    WHERE h.oid IS NOT NULL OR n.oid IS NOT NULL
)
SELECT text FROM line ORDER BY place, text COLLATE "C"
