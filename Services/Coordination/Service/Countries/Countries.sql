-- The country's definition.

-- name: LockCountry :exec
-- Two loads of a country follow one another, and no programme is loaded in between.
SELECT pg_advisory_xact_lock(hashtextextended('coordination.country', 0));

-- name: ShareCountry :exec
-- The country stays as it is until the transaction ends.
SELECT pg_advisory_xact_lock_shared(hashtextextended('coordination.country', 0));

-- name: ReadCountry :one
-- The definition in force.
SELECT definition FROM coordination.country_v1;

-- name: KnowsTimeZone :one
-- Whether the database knows a time zone.
SELECT EXISTS (SELECT FROM pg_timezone_names WHERE name = @name);

-- name: CompareCountry :one
-- Which version is in force, and whether it says the same.
SELECT version, country, definition = @definition::jsonb AS is_same FROM coordination.country_v1;

-- name: ProgrammesInOtherCurrencies :many
-- Programmes in force that pay in a currency that the country would not have, each with it.
SELECT programme || ' (' || (definition ->> 'currency') || ')' FROM coordination.programme_v1
WHERE in_force AND definition ->> 'currency' <> ALL(@currencies::text[]) ORDER BY programme;

-- name: InsertCountry :exec
-- Keeps the next version.
INSERT INTO coordination.country (version, country, currency, time_zone, definition, loaded_by)
VALUES (@version, @country, @currency, @time_zone, @definition, @loaded_by);

-- name: LevelsInUse :one
-- The levels of the country in force, where territories are stored by them.
SELECT (
    SELECT string_agg(level.value ->> 'code', ' > ' ORDER BY level.place)
    FROM jsonb_array_elements(definition -> 'territoryLevels') WITH ORDINALITY AS level(value, place)
) || ' (' || (definition ->> 'budgetLevel') || ')' AS "levels!"
FROM coordination.country_v1
WHERE definition ? 'territoryLevels' AND EXISTS (SELECT FROM coordination.territory);
