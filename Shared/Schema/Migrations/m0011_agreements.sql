-- Agreements between institutions, working groups, and the decisions that follow from them.
--
-- An agreement's terms are kept as the message that was proposed, version by version. What binds is beside them: the
-- earmarks, which coordination.ledger_post obeys, the signatures with the database role that made them, and the events.

create table coordination.agreement (
    agreement text collate "C" not null,
    state smallint not null,
    version integer not null,
    version_in_force integer,
    constraint agreement_pkey primary key (agreement),
    constraint agreement_agreement_check check (agreement ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$'),
    constraint agreement_state_check check (state between 1 and 4),
    constraint agreement_version_check check (version >= 1 and version_in_force <= version),
    constraint agreement_in_force_check check ((state in (2, 3)) <= (version_in_force is not null))
);
comment on table coordination.agreement is 'States: 1 proposed, 2 active, 3 suspended, 4 ended.';

-- Every text that was ever proposed stays readable.
create table coordination.agreement_version (
    agreement text collate "C" not null,
    version integer not null,
    terms jsonb not null,
    reason text not null,
    proposed_by text collate "C" not null,
    proposed_at timestamptz not null default clock_timestamp(),
    constraint agreement_version_pkey primary key (agreement, version),
    constraint agreement_version_agreement_fkey foreign key (agreement) references coordination.agreement,
    constraint agreement_version_days_check
        check ((terms ->> 'firstDay')::date <= (terms ->> 'lastDay')::date is true),
    constraint agreement_version_reason_check check (length(reason) <= 240)
);

-- A member of a party signs as the database role that they are: the terms of a version, or its end. What waits for others
-- can be taken back; it stays readable as withdrawn.
create table coordination.agreement_signature (
    agreement text collate "C" not null,
    version integer not null,
    act text collate "C" not null,
    signed_by text collate "C" not null,
    party text collate "C" not null,
    signed_at timestamptz not null default clock_timestamp(),
    withdrawn_at timestamptz,
    signature_id bigint not null generated always as identity,
    constraint agreement_signature_pkey primary key (signature_id),
    constraint agreement_signature_act_check check (act in ('terms', 'end')),
    constraint agreement_signature_version_fkey foreign key (agreement, version)
        references coordination.agreement_version
);
create unique index agreement_signature_key on coordination.agreement_signature (agreement, version, act, signed_by)
    where withdrawn_at is null;

-- Who did what to an agreement, and why.
create table coordination.agreement_event (
    event_id bigint not null generated always as identity,
    agreement text collate "C" not null,
    version integer not null,
    action text collate "C" not null,
    done_by text collate "C" not null,
    done_at timestamptz not null default clock_timestamp(),
    reason text not null,
    call_id bigint,
    constraint agreement_event_pkey primary key (event_id),
    constraint agreement_event_agreement_fkey foreign key (agreement) references coordination.agreement,
    constraint agreement_event_reason_check check (length(reason) <= 240)
);
create index agreement_event_agreement_idx on coordination.agreement_event (agreement, event_id);

-- That a release condition has lapsed, or holds again: signed by deciding members of the parties to the text in force, and
-- carried with their quorum, of one party for a lapse, of every party for the other. Condition 0 is what the reasons say.
create table coordination.agreement_motion (
    motion_id bigint not null generated always as identity,
    agreement text collate "C" not null,
    version integer not null,
    kind text collate "C" not null,
    condition integer not null,
    body text not null,
    opened_by text collate "C" not null,
    opened_at timestamptz not null default clock_timestamp(),
    carried_at timestamptz,
    constraint agreement_motion_pkey primary key (motion_id),
    constraint agreement_motion_version_fkey foreign key (agreement, version)
        references coordination.agreement_version,
    constraint agreement_motion_kind_check check (kind in ('suspend', 'resume')),
    constraint agreement_motion_body_check check ((condition = 0) = (body = '') and condition >= 0)
);
create unique index agreement_motion_open_key on coordination.agreement_motion (agreement, version, kind, body)
    where carried_at is null;
create index agreement_motion_agreement_idx on coordination.agreement_motion (agreement, motion_id);
create table coordination.agreement_motion_signature (
    motion_id bigint not null,
    signed_by text collate "C" not null,
    party text collate "C" not null,
    signed_at timestamptz not null default clock_timestamp(),
    reason text not null,
    withdrawn_at timestamptz,
    signature_id bigint not null generated always as identity,
    constraint agreement_motion_signature_pkey primary key (signature_id),
    constraint agreement_motion_signature_motion_fkey foreign key (motion_id) references coordination.agreement_motion,
    constraint agreement_motion_signature_reason_check check (length(reason) between 1 and 240)
);
create unique index agreement_motion_signature_key on coordination.agreement_motion_signature (motion_id, signed_by)
    where withdrawn_at is null;

-- Whether the release conditions hold: what was recorded last counts. Condition 0 is what the reason says.
create table coordination.agreement_condition (
    record_id bigint not null generated always as identity,
    agreement text collate "C" not null,
    version integer not null,
    condition integer not null,
    body text not null,
    holds boolean not null,
    recorded_by text collate "C" not null,
    recorded_at timestamptz not null default clock_timestamp(),
    reason text not null,
    motion_id bigint not null,
    constraint agreement_condition_pkey primary key (record_id),
    constraint agreement_condition_motion_key unique (motion_id),
    constraint agreement_condition_motion_fkey foreign key (motion_id) references coordination.agreement_motion,
    constraint agreement_condition_version_fkey foreign key (agreement, version)
        references coordination.agreement_version,
    constraint agreement_condition_body_check check ((condition = 0) = (body = '') and condition >= 0),
    constraint agreement_condition_reason_check check (length(reason) between 1 and 240)
);
create index agreement_condition_agreement_idx on coordination.agreement_condition (agreement, body, record_id);

-- What an agreement binds: money of a line that only the documents that begin with a prefix may draw on.
create table coordination.agreement_earmark (
    agreement text collate "C" not null,
    line_id integer not null,
    institution text collate "C" not null,
    document_prefix text collate "C" not null,
    amount bigint not null,
    constraint agreement_earmark_pkey primary key (agreement, line_id),
    constraint agreement_earmark_agreement_fkey foreign key (agreement) references coordination.agreement,
    constraint agreement_earmark_line_fkey foreign key (line_id) references coordination.budget_line,
    constraint agreement_earmark_amount_check check (amount > 0),
    constraint agreement_earmark_prefix_check check (length(document_prefix) between 1 and 64)
);
create index agreement_earmark_line_idx on coordination.agreement_earmark (line_id);

-- A household that is served against the agreement's rules, and why. Signed once for a household.
create table coordination.agreement_override (
    override_id bigint not null generated always as identity,
    agreement text collate "C" not null,
    version integer not null,
    subject text collate "C" not null,
    signed_by text collate "C" not null,
    signed_at timestamptz not null default clock_timestamp(),
    reason text not null,
    call_id bigint,
    constraint agreement_override_pkey primary key (override_id),
    constraint agreement_override_once_key unique (agreement, subject),
    constraint agreement_override_agreement_fkey foreign key (agreement) references coordination.agreement,
    constraint agreement_override_subject_check check (subject ~ '^[1-9][0-9]{0,17}$'),
    constraint agreement_override_reason_check check (length(reason) between 1 and 240)
);

-- A group that meets. Members who may not decide can record minutes and proposals, and nothing else.
create table coordination.working_group (
    working_group text collate "C" not null,
    version integer not null,
    constraint working_group_pkey primary key (working_group),
    constraint working_group_code_check check (working_group ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$'),
    constraint working_group_version_check check (version >= 1)
);
-- Its members now and before.
create table coordination.working_group_version (
    working_group text collate "C" not null,
    version integer not null,
    formation jsonb not null,
    formed_by text collate "C" not null,
    formed_at timestamptz not null default clock_timestamp(),
    constraint working_group_version_pkey primary key (working_group, version),
    constraint working_group_version_group_fkey foreign key (working_group) references coordination.working_group
);
create table coordination.working_group_record (
    record_id bigint not null generated always as identity,
    working_group text collate "C" not null,
    kind text collate "C" not null,
    body text not null,
    recorded_by text collate "C" not null,
    recorded_at timestamptz not null default clock_timestamp(),
    constraint working_group_record_pkey primary key (record_id),
    constraint working_group_record_group_fkey foreign key (working_group) references coordination.working_group,
    constraint working_group_record_kind_check check (kind in ('minutes', 'proposal')),
    constraint working_group_record_body_check check (length(body) between 1 and 4000)
);

-- What was decided, by whom and on what grounds, and what became of it. What was decided never changes.
create table coordination.decision (
    decision_id bigint not null generated always as identity,
    subject text collate "C" not null,
    body text not null,
    grounds text not null,
    decided_by text[] not null,
    decided_at timestamptz not null default clock_timestamp(),
    owner text collate "C" not null,
    due_on date not null,
    escalates_to text[] not null,
    escalates_after_days integer not null default 0,
    executed_at timestamptz,
    executed_by text collate "C",
    executed_call bigint,
    escalated_at timestamptz,
    constraint decision_pkey primary key (decision_id),
    constraint decision_body_check check (length(body) between 1 and 4000),
    constraint decision_grounds_check check (length(grounds) between 1 and 4000),
    constraint decision_decided_by_check check (cardinality(decided_by) >= 1),
    constraint decision_escalates_check check (cardinality(escalates_to) >= 1 and escalates_after_days >= 0),
    constraint decision_executed_check check (
        (executed_at is null) = (executed_by is null) and (executed_at is null) = (executed_call is null))
);
create index decision_open_idx on coordination.decision (due_on) where executed_at is null;
create index decision_subject_idx on coordination.decision (subject, decision_id);

-- What a person is told about an overdue decision: once as its owner, once as the one it escalates to.
create table coordination.notice (
    notice_id bigint not null generated always as identity,
    decision_id bigint not null,
    person text collate "C" not null,
    kind text collate "C" not null,
    written_at timestamptz not null default clock_timestamp(),
    constraint notice_pkey primary key (notice_id),
    constraint notice_once_key unique (decision_id, person, kind),
    constraint notice_decision_fkey foreign key (decision_id) references coordination.decision,
    constraint notice_kind_check check (kind in ('overdue', 'escalated'))
);
create index notice_person_idx on coordination.notice (person, notice_id);

-- Whatever a program does: only a deciding member of a party signs for it, no text comes into force without the quorum of
-- every party to it, and no state changes without the signatures that it needs.
create function coordination.is_deciding_member(p_agreement text, p_version integer, p_party text, p_operator text)
returns boolean language sql stable as $$
    select exists (
        select from coordination.agreement_version v
        cross join lateral jsonb_array_elements(v.terms -> 'parties') as p
        cross join lateral jsonb_array_elements(p -> 'members') as m
        where v.agreement = p_agreement and v.version = p_version and p ->> 'institution' = p_party
            and m ->> 'operator' = p_operator and (m ->> 'decides')::boolean)
$$;

-- How many of a text's parties have their quorum among the signers, and how many have not.
create function coordination.party_quorums(p_agreement text, p_version integer, p_signers text[])
returns table (reached bigint, missing bigint) language sql stable as $$
    select count(*) filter (where z.signed >= z.quorum), count(*) filter (where z.signed < z.quorum)
    from (
        select greatest(1, coalesce((p ->> 'quorum')::integer, 0)) as quorum, (
                select count(*) from jsonb_array_elements(p -> 'members') as m
                where (m ->> 'decides')::boolean and m ->> 'operator' = any (p_signers)) as signed
        from coordination.agreement_version v
        cross join lateral jsonb_array_elements(v.terms -> 'parties') as p
        where v.agreement = p_agreement and v.version = p_version
    ) as z
$$;

create function coordination.check_signature() returns trigger language plpgsql as $$
begin
    if not coordination.is_deciding_member(new.agreement, new.version, new.party, new.signed_by) then
        raise exception 'only a deciding member of a party signs for it'
            using errcode = 'check_violation', constraint = 'agreement_signature_member_check',
            table = 'agreement_signature';
    end if;
    return new;
end
$$;
create trigger agreement_signature_member_check before insert on coordination.agreement_signature
    for each row execute function coordination.check_signature();

create function coordination.check_motion_signature() returns trigger language plpgsql as $$
begin
    if not exists (
        select from coordination.agreement_motion m
        where m.motion_id = new.motion_id and m.carried_at is null
            and coordination.is_deciding_member(m.agreement, m.version, new.party, new.signed_by)
    ) then
        raise exception 'only a deciding member of a party signs for it'
            using errcode = 'check_violation', constraint = 'agreement_motion_signature_member_check',
            table = 'agreement_motion_signature';
    end if;
    return new;
end
$$;
create trigger agreement_motion_signature_member_check before insert on coordination.agreement_motion_signature
    for each row execute function coordination.check_motion_signature();

create function coordination.check_quorum() returns trigger language plpgsql as $$
begin
    if (
        select q.missing > 0 from coordination.party_quorums(new.agreement, new.version_in_force, array(
            select s.signed_by from coordination.agreement_signature s
            where s.agreement = new.agreement and s.version = new.version_in_force and s.act = 'terms'
                and s.withdrawn_at is null)) as q
    ) then
        raise exception 'an agreement comes into force with the quorum of every party'
            using errcode = 'check_violation', constraint = 'agreement_quorum_check', table = 'agreement';
    end if;
    return new;
end
$$;
create trigger agreement_quorum_check before insert or update of version_in_force on coordination.agreement
    for each row when (new.version_in_force is not null) execute function coordination.check_quorum();

create function coordination.check_motion_quorum() returns trigger language plpgsql as $$
begin
    if (
        select case new.kind when 'suspend' then q.reached = 0 else q.reached = 0 or q.missing > 0 end
        from coordination.party_quorums(new.agreement, new.version, array(
            select s.signed_by from coordination.agreement_motion_signature s
            where s.motion_id = new.motion_id and s.withdrawn_at is null)) as q
    ) then
        raise exception 'an agreement is suspended with the quorum of one party, and resumed with that of every party'
            using errcode = 'check_violation', constraint = 'agreement_motion_quorum_check', table = 'agreement_motion';
    end if;
    return new;
end
$$;
create trigger agreement_motion_quorum_check before insert or update on coordination.agreement_motion
    for each row when (new.carried_at is not null) execute function coordination.check_motion_quorum();

create function coordination.check_condition() returns trigger language plpgsql as $$
begin
    if not exists (
        select from coordination.agreement_motion m
        where m.motion_id = new.motion_id and m.carried_at is not null and m.agreement = new.agreement
            and m.version = new.version and m.condition = new.condition and m.body = new.body
            and (m.kind = 'resume') = new.holds
    ) then
        raise exception 'what holds of a condition is what was signed about it'
            using errcode = 'check_violation', constraint = 'agreement_condition_motion_check',
            table = 'agreement_condition';
    end if;
    return new;
end
$$;
create trigger agreement_condition_motion_check before insert on coordination.agreement_condition
    for each row execute function coordination.check_condition();

create function coordination.check_agreement_transition() returns trigger language plpgsql as $$
declare
    v_lapsed boolean := exists (
        select from coordination.agreement_condition_v1 c
        join coordination.agreement_version v on v.agreement = c.agreement and v.version = new.version_in_force
        where c.agreement = new.agreement and not c.holds
            and (c.body = '' or v.terms -> 'releaseConditions' ? c.body));
    v_allowed boolean;
begin
    v_allowed := case
        when old.state = 1 then new.state in (2, 4)
        when old.state = 2 and new.state = 3 then v_lapsed
        when old.state = 3 and new.state = 2 then not v_lapsed and (
            select m.kind from coordination.agreement_motion m
            where m.agreement = new.agreement and m.carried_at is not null
            order by m.carried_at desc, m.motion_id desc limit 1) is not distinct from 'resume'
        when old.state in (2, 3) and new.state = 4 then (
            select (v.terms ->> 'lastDay')::date < coordination.civil_day() from coordination.agreement_version v
            where v.agreement = old.agreement and v.version = old.version_in_force
        ) or (
            select q.missing = 0 from coordination.party_quorums(old.agreement, old.version_in_force, array(
                select s.signed_by from coordination.agreement_signature s
                where s.agreement = old.agreement and s.version = old.version_in_force and s.act = 'end'
                    and s.withdrawn_at is null)) as q)
        else false
    end;
    if not v_allowed then
        raise exception 'the agreement''s state changes only with the signatures that the change needs'
            using errcode = 'check_violation', constraint = 'agreement_transition_check', table = 'agreement';
    end if;
    return new;
end
$$;
create trigger agreement_transition_check before update of state on coordination.agreement
    for each row when (new.state <> old.state) execute function coordination.check_agreement_transition();

create trigger agreement_motion_final_check before update or delete on coordination.agreement_motion
    for each row when (old.carried_at is not null) execute function coordination.ledger_refuse_change();
-- Nothing of a signature changes but that it is taken back, once, while what it signs has not taken effect.
create function coordination.check_withdrawal() returns trigger language plpgsql as $$
declare
    v_waits boolean := old.withdrawn_at is null
        and to_jsonb(new) - 'withdrawn_at' = to_jsonb(old) - 'withdrawn_at';
begin
    if tg_table_name = 'agreement_motion_signature' then
        v_waits := v_waits and exists (
            select from coordination.agreement_motion m
            join coordination.agreement a using (agreement)
            where m.motion_id = old.motion_id and m.carried_at is null and a.state <> 4);
    else
        v_waits := v_waits and exists (
            select from coordination.agreement a
            where a.agreement = old.agreement and a.state <> 4
                and (old.act = 'end' or old.version > coalesce(a.version_in_force, 0)));
    end if;
    if not v_waits then
        raise exception 'a signature that has taken effect stays'
            using errcode = 'check_violation', constraint = 'agreement_withdrawal_check', table = tg_table_name;
    end if;
    return new;
end
$$;
create trigger agreement_signature_withdrawal_check before update on coordination.agreement_signature
    for each row execute function coordination.check_withdrawal();
create trigger agreement_motion_signature_withdrawal_check before update on coordination.agreement_motion_signature
    for each row execute function coordination.check_withdrawal();
create trigger agreement_motion_signature_append_only
    before delete or truncate on coordination.agreement_motion_signature
    for each statement execute function coordination.ledger_refuse_change();
create trigger agreement_version_append_only before update or delete or truncate on coordination.agreement_version
    for each statement execute function coordination.ledger_refuse_change();
create trigger agreement_signature_append_only before delete or truncate on coordination.agreement_signature
    for each statement execute function coordination.ledger_refuse_change();
create trigger agreement_event_append_only before update or delete or truncate on coordination.agreement_event
    for each statement execute function coordination.ledger_refuse_change();
create trigger agreement_condition_append_only before update or delete or truncate on coordination.agreement_condition
    for each statement execute function coordination.ledger_refuse_change();
create trigger agreement_override_append_only before update or delete or truncate on coordination.agreement_override
    for each statement execute function coordination.ledger_refuse_change();
create trigger working_group_version_append_only
    before update or delete or truncate on coordination.working_group_version
    for each statement execute function coordination.ledger_refuse_change();
create trigger working_group_record_append_only
    before update or delete or truncate on coordination.working_group_record
    for each statement execute function coordination.ledger_refuse_change();
create trigger notice_append_only before update or delete or truncate on coordination.notice
    for each statement execute function coordination.ledger_refuse_change();

-- What other services, people and reports read.
create view coordination.agreement_v1 as
select a.agreement, (array['proposed', 'active', 'suspended', 'ended'])[a.state] as state, a.version,
    a.version_in_force, v.terms,
    (select count(*) from coordination.agreement_override o where o.agreement = a.agreement) as overrides
from coordination.agreement a
join coordination.agreement_version v
    on v.agreement = a.agreement and v.version = coalesce(a.version_in_force, a.version);
comment on view coordination.agreement_v1 is 'Agreements with the terms in force, or proposed where none are yet.';

create view coordination.agreement_version_v1 as
select agreement, version, terms, reason, proposed_by, proposed_at from coordination.agreement_version;

create view coordination.agreement_signature_v1 as
select agreement, version, act, signed_by, party, signed_at, withdrawn_at from coordination.agreement_signature;

create view coordination.agreement_event_v1 as
select event_id, agreement, version, action, done_by, done_at, reason, call_id from coordination.agreement_event;

create view coordination.agreement_condition_v1 as
select distinct on (agreement, body) agreement, version, condition, body, holds, recorded_by, recorded_at, reason
from coordination.agreement_condition order by agreement, body, record_id desc;
comment on view coordination.agreement_condition_v1 is 'What was last recorded about each release condition.';

create view coordination.agreement_motion_v1 as
select m.motion_id, m.agreement, m.version, m.kind, m.condition, m.body, m.opened_by, m.opened_at, m.carried_at, array(
        select s.signed_by from coordination.agreement_motion_signature s
        where s.motion_id = m.motion_id and s.withdrawn_at is null order by s.signed_at) as signed_by, array(
        select s.reason from coordination.agreement_motion_signature s
        where s.motion_id = m.motion_id and s.withdrawn_at is null order by s.signed_at) as reasons
from coordination.agreement_motion m;
comment on view coordination.agreement_motion_v1 is
    'That conditions have lapsed or hold again, with the signatures so far; it counts when it is carried.';

create view coordination.agreement_override_v1 as
select override_id, agreement, version, subject::bigint as household_id, signed_by, signed_at, reason
from coordination.agreement_override;

-- What a document drew is followed through the journal: what it drew, less what was reversed, as far as the document still
-- holds or has spent so much, on the line or on those of later years that it was carried over to.
create view coordination.agreement_earmark_v1 as
select e.agreement, (array['proposed', 'active', 'suspended', 'ended'])[a.state] as state, l.line, l.currency,
    e.institution, e.document_prefix, e.amount as earmarked, coalesce(h.reserved, 0) as remaining, d.drawn,
    e.amount - coalesce(h.reserved, 0) - d.drawn as returned, d.committed, d.accrued, d.ordered, d.paid
from coordination.agreement_earmark e
join coordination.agreement a using (agreement)
join coordination.budget_line l using (line_id)
left join coordination.budget_hold h on h.line_id = e.line_id and h.document = 'agreement/' || e.agreement
cross join lateral (
    select coalesce(sum(least(w.drawn, s.reserved)), 0)::bigint as drawn,
        coalesce(sum(least(w.drawn, s.committed)), 0)::bigint as committed,
        coalesce(sum(least(w.drawn, s.accrued)), 0)::bigint as accrued,
        coalesce(sum(least(w.drawn, s.ordered)), 0)::bigint as ordered,
        coalesce(sum(least(w.drawn, s.paid)), 0)::bigint as paid
    from (
        select u.document, sum(case t.kind when 3 then t.amount else -t.amount end) as drawn
        from coordination.budget_transfer t
        join coordination.budget_transfer u on u.batch_id = t.batch_id and u.posting_id = t.posting_id
            and u.ordinal = t.ordinal + case t.kind when 3 then 1 else -1 end
        where t.line_id = e.line_id and t.document = 'agreement/' || e.agreement and t.document like 'agreement/%'
            and (t.kind = 3 and t.from_stage = 2 or t.kind = 9 and t.to_stage = 2)
        group by u.document
    ) as w
    cross join lateral (
        with recursive place as (
            select e.line_id
            union
            select u.line_id
            from place p
            join coordination.budget_transfer t
                on t.line_id = p.line_id and t.document = w.document and t.kind = 12 and t.from_stage > 1
            join coordination.budget_transfer u
                on u.batch_id = t.batch_id and u.posting_id = t.posting_id and u.ordinal = t.ordinal + 1
        )
        select coalesce(sum(b.reserved + b.committed + b.accrued + b.ordered + b.paid), 0) as reserved,
            coalesce(sum(b.committed + b.accrued + b.ordered + b.paid), 0) as committed,
            coalesce(sum(b.accrued + b.ordered + b.paid), 0) as accrued,
            coalesce(sum(b.ordered + b.paid), 0) as ordered, coalesce(sum(b.paid), 0) as paid
        from place join coordination.budget_hold b on b.line_id = place.line_id and b.document = w.document
    ) as s
) as d;
comment on view coordination.agreement_earmark_v1 is
    'Money bound by agreements; RESERVE with source_document agreement/<code> draws on it. A document spends what it drew'
    ' before other money. earmarked = drawn + remaining + returned; returned: given back at the agreement''s end, lapsed at'
    ' the end of the year, or given up by the documents.';

-- What each agreement in force asks of each of its programmes, today.
create view coordination.agreement_in_force_v1 as
select a.agreement, a.version_in_force as version, p.programme, g.kind,
    coalesce((v.terms ->> 'reservedPlaces')::integer, 0) as reserved_places,
    coalesce((v.terms ->> 'reservedShareHundredths')::integer, 0) as reserved_share_hundredths,
    coalesce((v.terms ->> 'places')::integer, 0) as places,
    coalesce(v.terms ->> 'sequencing', '') as sequencing,
    coalesce(v.terms -> 'target' ->> 'servedBy', '') as served_by,
    array(
        select array_position(array['extreme_poor', 'poor', 'non_poor'], c)::smallint
        from jsonb_array_elements_text(v.terms -> 'target' -> 'povertyClasses') as c) as poverty_classes,
    array(select d from jsonb_array_elements_text(v.terms -> 'target' -> 'departments') as d) as departments
from coordination.agreement a
join coordination.agreement_version v on v.agreement = a.agreement and v.version = a.version_in_force
cross join lateral jsonb_array_elements_text(v.terms -> 'programmes') as p(programme)
join coordination.programme_v1 g on g.programme = p.programme and g.in_force
where a.state in (2, 3)
    and coordination.civil_day() between (v.terms ->> 'firstDay')::date and (v.terms ->> 'lastDay')::date;

create view coordination.working_group_v1 as
select g.working_group, g.version, v.formation, v.formed_by, v.formed_at
from coordination.working_group g join coordination.working_group_version v using (working_group, version);

create view coordination.working_group_record_v1 as
select record_id, working_group, kind, body, recorded_by, recorded_at from coordination.working_group_record;

create view coordination.decision_v1 as
select d.decision_id, d.subject, d.body, d.grounds, d.decided_by, d.decided_at, d.owner, d.due_on, d.executed_at,
    d.executed_by, d.executed_call, d.escalates_to, d.escalated_at,
    case when d.executed_at is null then greatest(coordination.civil_day() - d.due_on, 0) else 0 end as days_overdue
from coordination.decision d;

-- Everybody sees their own.
create view coordination.notice_v1 as
select n.notice_id, n.decision_id, n.kind, n.written_at, d.subject, d.body, d.owner, d.due_on, d.days_overdue,
    d.executed_at
from coordination.notice n join coordination.decision_v1 d using (decision_id)
where n.person = session_user;

grant select, insert, update on coordination.agreement, coordination.working_group to puente_coordination;
grant select, insert on coordination.agreement_motion, coordination.agreement_motion_signature to puente_coordination;
grant update (carried_at) on coordination.agreement_motion to puente_coordination;
grant update (withdrawn_at) on coordination.agreement_signature, coordination.agreement_motion_signature
    to puente_coordination;
grant execute on function coordination.is_deciding_member, coordination.party_quorums to puente_coordination;
grant select, insert on coordination.agreement_version, coordination.agreement_signature,
    coordination.agreement_event, coordination.agreement_condition, coordination.agreement_override,
    coordination.working_group_version, coordination.working_group_record, coordination.decision, coordination.notice
    to puente_coordination;
grant update (executed_at, executed_by, executed_call, escalated_at) on coordination.decision to puente_coordination;
grant select, insert, update, delete on coordination.agreement_earmark to puente_coordination;
grant select on coordination.agreement_v1, coordination.agreement_earmark_v1, coordination.agreement_override_v1,
    coordination.agreement_in_force_v1, coordination.decision_v1
    to puente_coordination, puente_transfers, puente_projects, puente_reader, puente_operator;
grant select on coordination.agreement_version_v1, coordination.agreement_signature_v1,
    coordination.agreement_event_v1, coordination.agreement_condition_v1, coordination.agreement_motion_v1
    to puente_coordination, puente_reader, puente_operator;
grant select on coordination.working_group_v1, coordination.working_group_record_v1, coordination.notice_v1
    to puente_coordination, puente_operator;
