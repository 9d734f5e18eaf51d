-- What the bank said that does not fit.
-- import: Contracts, TransfersDomain, Vocabulary

-- name: CountMarked :one
-- How many staged transactions are marked.
SELECT count(oddity) FROM transfers.staged_bank_report;

-- name: CountOpenOddities :one
-- How many things wait for a person.
SELECT count(*) FROM transfers.bank_oddity WHERE state = 'open';
