-- The ledger's evidence: an RFC 6962 Merkle log over the canonical bytes of every entry of the journal.
--
-- A leaf's hash is written with its entry. Its place in the log is given after the batch has committed: a batch waits
-- in budget_log_pending, which only committed transactions fill, so a batch that commits late is numbered late and
-- can never be passed over. The log is what was known, in the order in which it became known.

-- The leaves of a batch are consecutive: entry `ordinal` is leaf `first_leaf + ordinal - 1`, counted from 0. The chain
-- binds when each batch became known; a checkpoint carries its last link, so its signature covers that too.
create table coordination.budget_log_span (
    first_leaf bigint not null,
    batch_id bigint not null,
    entries integer not null,
    sequenced_at timestamptz not null,
    chain_hash bytea not null,
    constraint budget_log_span_pkey primary key (first_leaf),
    constraint budget_log_span_batch_id_key unique (batch_id),
    constraint budget_log_span_batch_fkey foreign key (batch_id) references coordination.budget_batch,
    constraint budget_log_span_first_leaf_check check (first_leaf >= 0),
    constraint budget_log_span_entries_check check (entries > 0)
);

-- Roots of complete subtrees of 256^level leaves: enough to prove anything with a few hundred hashes read.
create table coordination.budget_log_node (
    level smallint not null,
    number bigint not null,
    hash bytea not null,
    constraint budget_log_node_pkey primary key (level, number),
    constraint budget_log_node_level_check check (level between 1 and 7),
    constraint budget_log_node_hash_check check (octet_length(hash) = 32)
);

-- The public keys that sign checkpoints, as `name+hash+base64`. Who must not trust this table keeps the key elsewhere.
create table coordination.budget_log_key (
    key_line text collate "C" not null,
    constraint budget_log_key_pkey primary key (key_line),
    constraint budget_log_key_line_check check (key_line ~ '^[^+]+[+][0-9a-f]{8}[+][A-Za-z0-9+/]{44}$')
);

-- Signed statements of the log's size and root, as signed notes. The ministries keep copies.
create table coordination.budget_checkpoint (
    leaves bigint not null,
    note text not null,
    constraint budget_checkpoint_pkey primary key (leaves),
    constraint budget_checkpoint_note_check check (split_part(note, E'\n', 2) = leaves::text)
);

create trigger budget_log_span_append_only before update or delete or truncate on coordination.budget_log_span
    for each statement execute function coordination.ledger_refuse_change();
create trigger budget_log_node_append_only before update or delete or truncate on coordination.budget_log_node
    for each statement execute function coordination.ledger_refuse_change();
create trigger budget_log_key_append_only before update or delete or truncate on coordination.budget_log_key
    for each statement execute function coordination.ledger_refuse_change();
create trigger budget_checkpoint_append_only before update or delete or truncate on coordination.budget_checkpoint
    for each statement execute function coordination.ledger_refuse_change();

-- How many leaves the log has.
create function coordination.ledger_log_size() returns bigint language sql stable as $$
    select coalesce((
        select s.first_leaf + s.entries from coordination.budget_log_span s order by s.first_leaf desc limit 1), 0)
$$;

-- The hashes of leaves first … last - 1, in order.
create function coordination.ledger_leaves(p_first bigint, p_last bigint)
returns table (leaf bigint, hash bytea) language sql stable as $$
    select s.first_leaf + e.ordinal - 1, e.leaf_hash
    from (
        select * from coordination.budget_log_span s
        where s.first_leaf < p_last and s.first_leaf >= coalesce((
            select max(z.first_leaf) from coordination.budget_log_span z where z.first_leaf <= p_first), 0)
    ) as s
    cross join lateral (
        (
            select t.ordinal, t.leaf_hash from coordination.budget_transfer t
            where t.batch_id = s.batch_id and t.ordinal between p_first - s.first_leaf + 1 and p_last - s.first_leaf
            offset 0
        )
        union all
        (
            select r.ordinal, r.leaf_hash from coordination.budget_record r
            where r.batch_id = s.batch_id and r.ordinal between p_first - s.first_leaf + 1 and p_last - s.first_leaf
            offset 0
        )
    ) as e
    order by 1
$$;

-- The roots of complete subtrees over 256 hashes of 32 bytes each, one after the other in their order, as are the hashes.
create function coordination.ledger_subtrees(hashes bytea) returns bytea language plpgsql immutable as $$
begin
    for height in 1..8 loop
        hashes := (
            select string_agg(sha256('\x01'::bytea || substring(hashes from p.place + 1 for 64)), '' order by p.place)
            from generate_series(0, octet_length(hashes) - 64, 64) as p(place));
    end loop;
    return hashes;
end
$$;

-- The next link of the chain over the spans.
create function coordination.ledger_chain(
    before bytea, first_leaf bigint, batch_id bigint, entries integer, sequenced_at timestamptz
) returns bytea language sql immutable parallel safe
    return sha256(before || convert_to(
        '1|' || first_leaf || '|' || batch_id || '|' || entries || '|'
            || (extract(epoch from sequenced_at) * 1000000)::bigint, 'UTF8'));

-- Begins a new era of batch numbers when the current one has enough leaves, and makes the partition of the one after.
create function coordination.ledger_begin_era(p_leaves bigint) returns void language plpgsql as $$
declare
    v_last bigint := (select last_value from coordination.budget_batch_number);
    v_era bigint := v_last / 1000000000000;
begin
    if coordination.ledger_log_size() - (
        select s.first_leaf from coordination.budget_log_span s where s.batch_id >= v_era * 1000000000000
        order by s.batch_id limit 1
    ) < p_leaves then
        return;
    end if;
    execute format(
        'create table if not exists coordination.budget_transfer_era_%s partition of coordination.budget_transfer'
        ' for values from (%s) to (%s)',
        v_era + 2, (v_era + 2) * 1000000000000, (v_era + 3) * 1000000000000);
    perform setval('coordination.budget_batch_number', (v_era + 1) * 1000000000000);
end
$$;

-- Gives committed batches their places in the log, at most p_batches of them; returns how many leaves were added. Only
-- one session at a time does so; the others wait, or with p_wait false leave it to that one.
create function coordination.ledger_sequence(
    p_batches integer default 100000, p_era_leaves bigint default 10000000, p_wait boolean default true
) returns bigint
language plpgsql security definer set search_path = coordination, pg_temp
set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
    v_before bigint;
    v_old bigint;
    v_new bigint;
    v_now timestamptz;
    v_first bigint;
    v_chain bytea;
    v_span record;
begin
    if p_wait then
        perform pg_advisory_xact_lock(hashtextextended('coordination.ledger_sequence', 0));
    elsif not pg_try_advisory_xact_lock(hashtextextended('coordination.ledger_sequence', 0)) then
        return 0;
    end if;
    v_before := ledger_log_size();
    v_old := v_before;
    v_first := v_before;
    -- The last span is the latest and ends the chain; there are too many to look at all.
    select greatest(clock_timestamp(), z.sequenced_at), coalesce(z.chain_hash, sha256(''::bytea)) into v_now, v_chain
    from (select) as one
    left join (select * from budget_log_span s order by s.first_leaf desc limit 1) as z on true;
    for v_span in
        with taken as (
            delete from budget_log_pending p
            where p.ctid = any (array(
                select q.ctid from budget_log_pending q order by q.batch_id limit p_batches for update skip locked))
            returning p.batch_id, p.entries
        )
        select t.batch_id, t.entries from taken t order by t.batch_id
    loop
        v_chain := ledger_chain(v_chain, v_first, v_span.batch_id, v_span.entries, v_now);
        insert into budget_log_span values (v_first, v_span.batch_id, v_span.entries, v_now, v_chain);
        v_first := v_first + v_span.entries;
    end loop;
    v_new := ledger_log_size();
    if v_new / 256 > v_old / 256 then
        -- Bounded in memory, however long the backlog is.
        for v_part in v_old / 256..v_new / 256 - 1 by 4096 loop
            insert into budget_log_node
            select 1, v_part + n.number, substring(z.hashes from n.number * 32 + 1 for 32)
            from ledger_subtrees((
                select string_agg(l.hash, '' order by l.leaf)
                from ledger_leaves(v_part * 256, least(v_part + 4096, v_new / 256) * 256) as l
            )) as z(hashes)
            cross join generate_series(0, octet_length(z.hashes) / 32 - 1) as n(number);
        end loop;
        for v_level in 2..7 loop
            v_old := v_old / 256;
            v_new := v_new / 256;
            exit when v_new / 256 = v_old / 256;
            insert into budget_log_node
            select v_level, v_old / 256 + n.number, substring(z.hashes from n.number * 32 + 1 for 32)
            from ledger_subtrees((
                select string_agg(n.hash, '' order by n.number) from budget_log_node n
                where n.level = v_level - 1 and n.number >= v_old / 256 * 256 and n.number < v_new / 256 * 256
            )) as z(hashes)
            cross join generate_series(0, octet_length(z.hashes) / 32 - 1) as n(number);
        end loop;
    end if;
    perform ledger_begin_era(p_era_leaves);
    return ledger_log_size() - v_before;
end
$$;

-- Stores a signed checkpoint and its key; a size that has one keeps it.
create function coordination.ledger_keep_checkpoint(p_leaves bigint, p_note text, p_key_line text)
returns text language sql security definer set search_path = coordination, pg_temp as $$
    insert into budget_log_key values (p_key_line) on conflict on constraint budget_log_key_pkey do nothing;
    insert into budget_checkpoint values (p_leaves, p_note) on conflict on constraint budget_checkpoint_pkey do nothing;
    select c.note from budget_checkpoint c where c.leaves = p_leaves
$$;

grant execute on function coordination.ledger_sequence, coordination.ledger_keep_checkpoint,
    coordination.ledger_log_size, coordination.ledger_leaves to puente_coordination;
grant execute on function coordination.ledger_log_size, coordination.ledger_leaves to puente_operator, puente_reader;

-- Whoever may read the journal can check it without the service.
grant select on coordination.budget_log_span, coordination.budget_log_node, coordination.budget_log_key,
    coordination.budget_checkpoint
    to puente_coordination, puente_operator, puente_reader;
grant select on coordination.fiscal_year, coordination.budget_scheme, coordination.budget_line,
    coordination.budget_balance, coordination.budget_limit, coordination.budget_limit_line,
    coordination.budget_hold, coordination.budget_batch, coordination.budget_transfer, coordination.budget_record,
    coordination.budget_posting, coordination.budget_reversal, coordination.budget_log_pending,
    coordination.budget_document
    to puente_operator, puente_reader;
