-- Batches are judged by the service: no function speaks of a judged posting any more.
DROP TYPE coordination.ledger_item;
