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

GRANT EXECUTE ON FUNCTION coordination.civil_day(timestamptz)
TO puente_service, puente_reader, puente_operator;
