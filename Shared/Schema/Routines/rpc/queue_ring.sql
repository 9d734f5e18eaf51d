CREATE VIEW rpc.ring AS SELECT coalesce(pg_sequence_last_value('rpc.ring_slot'), 0)::smallint AS current_slot;
