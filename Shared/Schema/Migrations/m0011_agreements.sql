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
    proposed_by text collate "C" not null,
    proposed_at timestamptz not null default clock_timestamp(),
    constraint agreement_version_pkey primary key (agreement, version),
    constraint agreement_version_agreement_fkey foreign key (agreement) references coordination.agreement
);

-- A member of a party signs as the database role that they are.
create table coordination.agreement_signature (
    agreement text collate "C" not null,
    version integer not null,
    signed_by text collate "C" not null,
    party text collate "C" not null,
    signed_at timestamptz not null default clock_timestamp(),
    constraint agreement_signature_pkey primary key (agreement, version, signed_by),
    constraint agreement_signature_version_fkey foreign key (agreement, version)
        references coordination.agreement_version
);

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
    constraint agreement_event_agreement_fkey foreign key (agreement) references coordination.agreement
);
create index agreement_event_agreement_idx on coordination.agreement_event (agreement, event_id);

-- What an active agreement binds: money of a line that only the documents that begin with a prefix may draw on.
create table coordination.agreement_earmark (
    agreement text collate "C" not null,
    line_id integer not null,
    document_prefix text collate "C" not null,
    amount bigint not null,
    constraint agreement_earmark_pkey primary key (agreement, line_id),
    constraint agreement_earmark_agreement_fkey foreign key (agreement) references coordination.agreement,
    constraint agreement_earmark_line_fkey foreign key (line_id) references coordination.budget_line,
    constraint agreement_earmark_amount_check check (amount > 0),
    constraint agreement_earmark_prefix_check check (length(document_prefix) between 1 and 64)
);
create index agreement_earmark_line_idx on coordination.agreement_earmark (line_id);

-- A household served outside the reserved places before they were full, and why.
create table coordination.agreement_override (
    override_id bigint not null generated always as identity,
    agreement text collate "C" not null,
    signed_by text collate "C" not null,
    signed_at timestamptz not null default clock_timestamp(),
    subject text collate "C" not null,
    reason text not null,
    constraint agreement_override_pkey primary key (override_id),
    constraint agreement_override_agreement_fkey foreign key (agreement) references coordination.agreement,
    constraint agreement_override_reason_check check (length(reason) between 1 and 240)
);

-- A group that meets. Members who may not decide can record minutes and proposals, and nothing else.
create table coordination.working_group (
    working_group text collate "C" not null,
    members jsonb not null,
    quorum integer not null,
    constraint working_group_pkey primary key (working_group),
    constraint working_group_quorum_check check (quorum >= 1)
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

-- What was decided, by whom and on what grounds, and what became of it.
create table coordination.decision (
    decision_id bigint not null generated always as identity,
    subject text collate "C" not null,
    body text not null,
    grounds text not null,
    decided_by text[] not null,
    decided_at timestamptz not null default clock_timestamp(),
    owner text collate "C" not null,
    due_on date not null,
    executed_at timestamptz,
    executed_by text collate "C",
    executed_call bigint,
    escalated_to text collate "C",
    constraint decision_pkey primary key (decision_id),
    constraint decision_body_check check (length(body) between 1 and 4000),
    constraint decision_grounds_check check (length(grounds) between 1 and 4000),
    constraint decision_executed_check check ((executed_at is null) = (executed_by is null))
);
create index decision_open_idx on coordination.decision (due_on) where executed_at is null;

create trigger agreement_version_append_only before update or delete or truncate on coordination.agreement_version
    for each statement execute function coordination.ledger_refuse_change();
create trigger agreement_signature_append_only before update or delete or truncate on coordination.agreement_signature
    for each statement execute function coordination.ledger_refuse_change();
create trigger agreement_event_append_only before update or delete or truncate on coordination.agreement_event
    for each statement execute function coordination.ledger_refuse_change();
create trigger agreement_override_append_only before update or delete or truncate on coordination.agreement_override
    for each statement execute function coordination.ledger_refuse_change();
create trigger working_group_record_append_only
    before update or delete or truncate on coordination.working_group_record
    for each statement execute function coordination.ledger_refuse_change();

-- What other services and reports read.
create view coordination.agreement_v1 as
select a.agreement, (array['proposed', 'active', 'suspended', 'ended'])[a.state] as state, a.version,
    a.version_in_force, v.terms,
    (select count(*) from coordination.agreement_override o where o.agreement = a.agreement) as overrides
from coordination.agreement a
join coordination.agreement_version v
    on v.agreement = a.agreement and v.version = coalesce(a.version_in_force, a.version);
comment on view coordination.agreement_v1 is 'Agreements with the terms in force, or proposed where none are yet.';

create view coordination.agreement_earmark_v1 as
select e.agreement, (array['proposed', 'active', 'suspended', 'ended'])[a.state] as state, l.line,
    e.document_prefix, e.amount as earmarked, coalesce(h.reserved, 0) as remaining,
    coalesce((
        select sum(d.paid) from coordination.budget_hold d
        where d.line_id = e.line_id and starts_with(d.document, e.document_prefix)), 0)::bigint as paid
from coordination.agreement_earmark e
join coordination.agreement a using (agreement)
join coordination.budget_line l using (line_id)
left join coordination.budget_hold h on h.line_id = e.line_id and h.document = 'agreement/' || e.agreement;
comment on view coordination.agreement_earmark_v1 is
    'Money bound by agreements; RESERVE with source_document agreement/<code> draws on it.';

create view coordination.decision_v1 as
select d.decision_id, d.subject, d.body, d.grounds, d.decided_by, d.decided_at, d.owner, d.due_on, d.executed_at,
    d.executed_by, d.executed_call, d.escalated_to,
    case when d.executed_at is null then greatest(current_date - d.due_on, 0) else 0 end as days_overdue
from coordination.decision d;

grant select, insert, update on coordination.agreement, coordination.working_group, coordination.decision
    to puente_coordination;
grant select, insert on coordination.agreement_version, coordination.agreement_signature,
    coordination.agreement_event, coordination.agreement_override, coordination.working_group_record
    to puente_coordination;
grant select, insert, update, delete on coordination.agreement_earmark to puente_coordination;
grant select on coordination.agreement_v1, coordination.agreement_earmark_v1, coordination.decision_v1
    to puente_coordination, puente_transfers, puente_projects, puente_reader, puente_operator;
