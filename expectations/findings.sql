-- What findings are made of (temporary tables of the judging connection, after outcomes.sql).

-- Every violated or doubtful outcome with its rule and document. A percentage off by its last digit, or of nothing, is a
-- notice whatever its rule says; what needs review is no error yet.
CREATE OR REPLACE TEMP TABLE open_outcome AS
SELECT o.outcome_id, o.rule_id, o.document_id, o.subject, o.verdict, o.actual, o.expected, o.residual, o.tolerance,
       o.part_count, o.reason, o.note,
       (SELECT min(k.title) FROM core.statement_kind k WHERE k.statement_code = o.subject) AS missing_title, r.kind, r.title, r.family, r.sentence,
       CASE WHEN o.note IN ('last_digit', 'zero_base') THEN 'notice'
            WHEN o.verdict = 'needs_review' AND r.severity = 'error' THEN 'warning' ELSE r.severity END AS severity,
       d.unit_id, d.unit_name, d.fiscal_year, d.doc_kind, d.scope, d.content,
       -- the file of the disclosure in which the first thing to look at is printed
       coalesce(f.document_id, o.document_id) AS home_id
FROM core.outcome o JOIN core.rule r USING (rule_id) JOIN core.document d USING (document_id)
LEFT JOIN (
    SELECT outcome_id, arg_min(split_part(evidence_id, '.', 1), evidence_no) AS document_id
    FROM core.outcome_evidence WHERE kind <> 'document' GROUP BY outcome_id
) e USING (outcome_id)
LEFT JOIN further_file f ON f.document_id = e.document_id AND f.disclosure_id = o.document_id
WHERE o.verdict IN ('violated', 'needs_review');

-- Cells and claims that an identity which holds has confirmed: they are not what two violations have in common.
CREATE OR REPLACE TEMP TABLE confirmed AS
WITH holds AS (
    SELECT unnest(evidence) AS evidence_id FROM judged
    WHERE verdict IN ('exact', 'rounded') AND kind IN ('equal', 'sum') AND actual <> 0
      AND document_id IN (SELECT document_id FROM open_outcome)
)
SELECT DISTINCT evidence_id FROM holds;

CREATE OR REPLACE TEMP TABLE open_evidence AS
SELECT e.outcome_id, e.evidence_no, e.evidence_id, e.kind, coalesce(c.page, k.page, n.first_page, s.first_page) AS page,
       c.row_label, c.column_label, c.raw_text, c.unit AS cell_unit, c.value AS cell_value, cs.title AS statement_title,
       n.text AS sentence, k."start" AS claim_start, k."end" AS claim_end, k.unit AS claim_unit, s.title AS own_title,
       e.evidence_id IN (SELECT evidence_id FROM confirmed) AS is_confirmed,
       -- where it is not in the finding's own file: which one it is, as an official would look for it
       CASE WHEN d.document_id = o.home_id THEN NULL
            WHEN d.unit_id IS NOT DISTINCT FROM o.unit_id AND d.fiscal_year = o.fiscal_year AND d.doc_kind = o.doc_kind
             AND d.scope = o.scope THEN '“' || regexp_replace(d.file_name, '\.[A-Za-z]+$', '') || '”'
            ELSE concat(CASE WHEN d.unit_id IS DISTINCT FROM o.unit_id THEN d.unit_name END, d.fiscal_year || '年度',
                        CASE d.scope WHEN 'department' THEN '部门' WHEN 'unit' THEN '单位' END,
                        CASE d.doc_kind WHEN 'budget' THEN '预算' WHEN 'final_accounts' THEN '决算' END) END AS elsewhere
FROM core.outcome_evidence e JOIN open_outcome o USING (outcome_id)
LEFT JOIN core.document d ON d.document_id = split_part(e.evidence_id, '.', 1)
LEFT JOIN core.cell c ON e.kind = 'cell' AND c.cell_id = e.evidence_id
LEFT JOIN core.statement cs ON cs.statement_id = c.statement_id
LEFT JOIN core.claim k ON e.kind = 'claim' AND k.claim_id = e.evidence_id
LEFT JOIN core.sentence n ON n.sentence_id = coalesce(k.sentence_id, e.evidence_id) AND e.kind IN ('claim', 'sentence')
LEFT JOIN core.statement s ON e.kind = 'statement' AND s.statement_id = e.evidence_id
ORDER BY e.outcome_id, e.evidence_no;

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

-- Identities that speak of the numbers in question: those violated, and those that hold and share a number with them.
CREATE OR REPLACE TEMP TABLE speaking_identity AS
WITH asked AS (
    SELECT outcome_id, document_id, kind, verdict, evidence, unnest(evidence) AS number FROM judged
    WHERE kind IN ('sum', 'equal', 'percentage') AND verdict IN ('exact', 'rounded', 'violated', 'needs_review')
      AND document_id IN (SELECT document_id FROM open_outcome)
), questioned AS (
    SELECT DISTINCT number FROM asked WHERE verdict IN ('violated', 'needs_review')
)
SELECT outcome_id, any_value(document_id) AS document_id, any_value(kind) AS kind,
       any_value(verdict) IN ('exact', 'rounded') AS holds, any_value(evidence) AS numbers
FROM asked WHERE outcome_id IN (SELECT outcome_id FROM asked SEMI JOIN questioned USING (number))
GROUP BY outcome_id;

CREATE OR REPLACE TEMP TABLE speaking_number AS
WITH wanted AS (SELECT DISTINCT unnest(numbers) AS number FROM speaking_identity)
SELECT w.number, f.value, f.half_width FROM wanted w JOIN figure f ON f.cell_id = w.number
UNION
SELECT w.number, s.value, s.half_width FROM wanted w JOIN said s ON s.claim_id = w.number WHERE s.value IS NOT NULL;
