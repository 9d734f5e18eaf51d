-- Statistics right after a bulk load, so that the chunks that follow are planned with them. ANALYZE needs the owner.
CREATE FUNCTION transfers.analyze_roll() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
BEGIN
    ANALYZE transfers.roll_household;
    ANALYZE transfers.roll_member;
END
$$;
