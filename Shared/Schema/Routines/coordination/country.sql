CREATE VIEW coordination.country_v1 AS
SELECT version, country, currency, time_zone, definition FROM coordination.country ORDER BY version DESC LIMIT 1;

-- The day of the country at an instant. Days begin and end there, whatever the server's time zone is; where no country
-- is loaded, by UTC.
CREATE FUNCTION coordination.civil_day(instant timestamptz DEFAULT statement_timestamp()) RETURNS date
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS $$
BEGIN
    RETURN (instant AT TIME ZONE coalesce((SELECT time_zone FROM coordination.country_v1), 'UTC'))::date;
END
$$;

-- The level that budgets hang on, counted from the country's highest; the highest where its file does not say.
CREATE FUNCTION coordination.budget_level() RETURNS smallint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS $$
BEGIN
    RETURN coalesce((
        SELECT level.place::smallint
        FROM coordination.country_v1 AS country,
            jsonb_array_elements(country.definition -> 'territoryLevels') WITH ORDINALITY AS level(value, place)
        WHERE level.value ->> 'code' = country.definition ->> 'budgetLevel'), 1);
END
$$;

GRANT EXECUTE ON FUNCTION coordination.civil_day(timestamptz), coordination.budget_level()
TO puente_service, puente_reader, puente_operator;
