-- Statistics of what an import has gathered. ANALYZE needs the owner.
CREATE FUNCTION transfers.analyze_staged_bank_report() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
BEGIN
    ANALYZE transfers.staged_bank_report;
    ANALYZE transfers.staged_bank_entry;
END
$$;

REVOKE EXECUTE ON FUNCTION transfers.analyze_staged_bank_report() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION transfers.analyze_staged_bank_report() TO puente_transfers;

-- Whether a booking of an order is another than those that are known: the bank's reference says so; where one of them
-- has none, the day does. One that waits on the list already is not told again.
CREATE FUNCTION transfers.is_another_booking(
    p_household bigint, p_cycle integer, p_order smallint, p_event text, p_reference text, p_booked_on date
) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = transfers, pg_catalog
AS $$
BEGIN
    RETURN coalesce((
        SELECT bool_and(
            CASE
                WHEN event.servicer_reference IS NULL OR p_reference IS NULL
                    THEN event.booked_on IS NOT NULL AND event.booked_on <> p_booked_on
                ELSE event.servicer_reference <> p_reference
            END)
        FROM payment_event AS event
        WHERE event.household_id = p_household AND event.cycle_id = p_cycle AND event.order_number = p_order
            AND event.event = p_event), false);
END
$$;

-- Whether more bookings of an order wait or were found than credits that may undo them.
CREATE FUNCTION transfers.is_booked_twice(p_household bigint, p_cycle integer, p_order smallint) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = transfers, pg_catalog
AS $$
BEGIN
    RETURN (
        SELECT count(*) FILTER (WHERE oddity.code = 'booked_twice') > count(*) FILTER (WHERE oddity.code =
            'returned_of_two')
        FROM bank_oddity AS oddity
        WHERE oddity.household_id = p_household AND oddity.cycle_id = p_cycle AND oddity.order_number = p_order);
END
$$;

REVOKE EXECUTE ON FUNCTION transfers.is_another_booking(bigint, integer, smallint, text, text, date),
    transfers.is_booked_twice(bigint, integer, smallint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION transfers.is_another_booking(bigint, integer, smallint, text, text, date),
    transfers.is_booked_twice(bigint, integer, smallint)
TO puente_transfers;

CREATE VIEW transfers.payment_event_v1 AS
SELECT
    cycle.programme, cycle.code AS cycle, event.household_id, message.kind, message.message_id, message.imported_at,
    event.event, event.code, event.reason, event.amount_minor, event.booked_on, event.line, event.order_number
FROM transfers.payment_event AS event
JOIN transfers.cycle AS cycle USING (cycle_id)
JOIN transfers.bank_message AS message USING (message_number);

CREATE VIEW transfers.bank_outcome_v1 AS
SELECT
    cycle.programme, cycle.code AS cycle, run.run_id, movement.line, movement.to_state AS state,
    sum(movement.orders)::bigint AS orders, sum(movement.amount_minor)::bigint AS amount_minor
FROM transfers.bank_movement AS movement
JOIN transfers.payment_run AS run USING (run_number)
JOIN transfers.cycle AS cycle USING (cycle_id)
GROUP BY cycle.programme, cycle.code, run.run_id, movement.line, movement.to_state;
COMMENT ON VIEW transfers.bank_outcome_v1 IS
    'How many orders the bank''s messages moved into each state, by line; an order that moved twice counts in both'
    ' states.';

CREATE VIEW transfers.bank_oddity_v1 AS
SELECT
    oddity.oddity_number, message.kind, message.message_id, message.file_name, message.imported_by, message.imported_at,
    oddity.line, oddity.code, oddity.proposal, cycle.programme, cycle.code AS cycle, oddity.household_id,
        oddity.order_number,
    oddity.event, oddity.booked_on, oddity.amount_minor, oddity.currency, oddity.values, oddity.state, oddity.decision,
    oddity.settled_by, oddity.settled_reason, oddity.settled_at
FROM transfers.bank_oddity AS oddity
JOIN transfers.bank_message AS message USING (message_number)
LEFT JOIN transfers.cycle AS cycle USING (cycle_id);
COMMENT ON VIEW transfers.bank_oddity_v1 IS 'What is odd about what the bank said, and how it was settled.';

CREATE VIEW transfers.reopened_v1 AS
SELECT
    cycle.programme, cycle.code AS cycle, reopened.household_id, reopened.order_number, reopened.amount_minor,
        reopened.cause, reopened.reason,
    reopened.handling
FROM transfers.entitlement_reopened AS reopened
JOIN transfers.cycle AS cycle USING (cycle_id);

GRANT SELECT ON transfers.payment_event_v1, transfers.bank_outcome_v1, transfers.reopened_v1, transfers.bank_oddity_v1
TO puente_transfers, puente_projects, puente_reporting, puente_reader, puente_operator;
