-- What the life of findings is told from (temporary tables of the connection that settles them).

-- What the ledger knows of each finding when this night begins.
CREATE OR REPLACE TEMP TABLE finding_history AS
SELECT finding_id, min(happened_on) FILTER (kind = 'first_seen') AS first_seen,
       coalesce(arg_max(state, event_no) FILTER (kind = 'state'), 'open') AS state,
       arg_max(happened_on, event_no) FILTER (kind = 'state') AS state_on,
       arg_max(kind, event_no) FILTER (kind IN ('waiver', 'waiver_lifted')) AS last_waiver,
       arg_max(happened_on, event_no) FILTER (kind IN ('waiver', 'waiver_lifted')) AS waiver_on,
       arg_max(coalesce(expires_on, DATE '9999-12-31'), event_no) FILTER (kind = 'waiver') AS waiver_expires_on,
       arg_max(coalesce(state, ''), event_no) FILTER (kind = 'waiver') AS waived_state,
       nullif(waived_state, '') AS waived_numbers,
       bool_or(kind = 'answer') AS is_answered,
       arg_max(note, event_no) FILTER (kind = 'first_seen') AS card
FROM core.finding_event WHERE finding_id IS NOT NULL GROUP BY finding_id;
