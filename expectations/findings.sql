-- What findings are made of (temporary tables of the judging connection, after outcomes.sql).

-- Every violated or doubtful outcome with its rule and document. A percentage off by its last digit, or of nothing, is a
-- notice whatever its rule says; what needs review, or rests on what a document implies without saying it, is no error yet.
CREATE OR REPLACE TEMP TABLE open_outcome AS
SELECT o.outcome_id, o.rule_id, o.document_id, o.subject, o.verdict, o.actual, o.expected, o.residual, o.tolerance,
       o.part_count, o.reason, o.note,
       (SELECT min(k.title) FROM core.statement_kind k WHERE k.statement_code = o.subject) AS missing_title, r.kind, r.title, r.family, r.sentence,
       CASE WHEN o.note IN ('last_digit', 'zero_base') THEN 'notice'
            WHEN (o.verdict = 'needs_review' OR o.note = 'indirect') AND r.severity = 'error' THEN 'warning' ELSE r.severity END AS severity,
       d.unit_id, d.unit_name, d.fiscal_year, d.doc_kind, d.scope, d.content,
       -- the file of the disclosure in which the first thing to look at is printed
       coalesce(f.document_id, o.document_id) AS home_id
FROM core.outcome o JOIN core.rule r USING (rule_id) JOIN core.document d USING (document_id)
LEFT JOIN (
    SELECT outcome_id, arg_min(split_part(evidence_id, '.', 1), evidence_no) AS document_id
    FROM core.outcome_evidence WHERE kind <> 'document' GROUP BY outcome_id
) e USING (outcome_id)
LEFT JOIN further_file f ON f.document_id = e.document_id AND f.disclosure_id = o.document_id
WHERE o.verdict IN ('violated', 'needs_review')
  -- what is only unusual is told beside something that is wrong, never alone
  AND (r.family <> 'STA' OR o.document_id IN (
      SELECT v.document_id FROM core.outcome v JOIN core.rule w USING (rule_id)
      WHERE v.verdict = 'violated' AND w.family <> 'STA'));

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
-- the kind is part of the key: beside it, DuckDB compares every piece of evidence with every cell
LEFT JOIN core.cell c ON c.cell_id = CASE e.kind WHEN 'cell' THEN e.evidence_id END
LEFT JOIN core.statement cs ON cs.statement_id = c.statement_id
LEFT JOIN core.claim k ON k.claim_id = CASE e.kind WHEN 'claim' THEN e.evidence_id END
LEFT JOIN core.sentence n ON n.sentence_id = CASE WHEN e.kind IN ('claim', 'sentence') THEN coalesce(k.sentence_id, e.evidence_id) END
LEFT JOIN core.statement s ON s.statement_id = CASE e.kind WHEN 'statement' THEN e.evidence_id END
ORDER BY e.outcome_id, e.evidence_no;

-- Identities that speak of the numbers in question, two steps far: what is violated, what shares a number with that, and
-- what shares a number with those. A number of the last step is taken as printed: not all that speaks of it is here.
CREATE OR REPLACE TEMP TABLE linear_outcome AS
SELECT outcome_id, document_id, rule_id, kind, verdict, evidence, signs, is_fall, is_fall_in_change FROM judged
WHERE kind IN ('sum', 'equal', 'unchanged', 'percentage', 'growth', 'growth_on_prior')
  AND verdict IN ('exact', 'rounded', 'violated', 'needs_review') AND len(evidence) > 1
  AND (verdict NOT IN ('violated', 'needs_review') OR coalesce(note, 'indirect') = 'indirect')  -- off by a last digit: nobody's slip
  AND document_id IN (SELECT document_id FROM open_outcome WHERE severity <> 'notice');

CREATE OR REPLACE TEMP TABLE speaking_identity AS
WITH said_of AS (
    SELECT outcome_id, unnest(evidence) AS number FROM linear_outcome
), questioned AS (
    SELECT DISTINCT number FROM said_of SEMI JOIN (
        SELECT outcome_id FROM linear_outcome WHERE verdict IN ('violated', 'needs_review')) USING (outcome_id)
), near AS (
    SELECT DISTINCT outcome_id FROM said_of SEMI JOIN questioned USING (number)
), opened AS (
    SELECT DISTINCT number FROM said_of SEMI JOIN near USING (outcome_id)
), reached AS (
    SELECT DISTINCT outcome_id FROM said_of SEMI JOIN opened USING (number)
)
SELECT l.outcome_id, l.document_id, l.rule_id, l.kind, l.verdict IN ('exact', 'rounded') AS holds, l.evidence AS numbers, l.signs,
       l.is_fall, l.is_fall_in_change, n.outcome_id IS NOT NULL AS is_near
FROM linear_outcome l SEMI JOIN reached USING (outcome_id) LEFT JOIN near n USING (outcome_id);

CREATE OR REPLACE TEMP TABLE speaking_number AS
WITH wanted AS (
    SELECT number, bool_or(is_near) AS is_open FROM (
        SELECT unnest(numbers) AS number, is_near FROM speaking_identity) GROUP BY number
)
SELECT w.number, w.is_open, f.value, f.half_width, f.is_doubtful FROM wanted w JOIN figure f ON f.cell_id = w.number
UNION
SELECT w.number, w.is_open, s.value, s.half_width, c.is_from_ocr FROM wanted w JOIN said s ON s.claim_id = w.number
JOIN core.claim c USING (claim_id) WHERE s.value IS NOT NULL;
