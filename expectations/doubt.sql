-- What cannot be relied on is marked for review instead of being called a defect.

-- Tables read off the alignment of their texts, in which so many identities fail that the reading must be at fault: a fifth of
-- those that have anything to compare, and three. One wrong number fails in its row, its column and a statement beside it.
CREATE OR REPLACE TEMP TABLE misread_table AS
SELECT document_id, table_no FROM (
    SELECT DISTINCT t.document_id, t.table_no, j.outcome_id, j.verdict
    FROM (SELECT outcome_id, verdict, unnest(evidence) AS evidence_id FROM judged
          WHERE kind IN ('sum', 'equal', 'at_most') AND verdict <> 'not_evaluated' AND (actual <> 0 OR expected <> 0)) j
    JOIN core.cell c ON c.cell_id = j.evidence_id JOIN core.extracted_table t USING (document_id, table_no) WHERE t.method = 'text_aligned')
GROUP BY document_id, table_no
HAVING count(*) FILTER (verdict = 'violated') >= 3 AND count(*) FILTER (verdict = 'violated') * 5 > count(*);

CREATE OR REPLACE TEMP TABLE doubt AS
WITH used AS (
    SELECT outcome_id, kind, unnest(evidence) AS evidence_id FROM judged WHERE verdict = 'violated'
), unit_matters AS (
    -- An inferred unit that is wrong is wrong by a hundred times or more, and for the whole statement: sums within one statement
    -- hold whatever the unit is, and two single figures of a like size were not torn apart by it.
    SELECT u.outcome_id
    FROM used u JOIN judged j USING (outcome_id) LEFT JOIN core.amount a ON a.cell_id = u.evidence_id
    GROUP BY u.outcome_id
    HAVING bool_or(a.is_unit_inferred)
       AND NOT (any_value(j.kind) IN ('sum', 'equal', 'at_most', 'percentage')
                AND (count(DISTINCT coalesce(a.statement_id, 'text')) = 1
                     OR (any_value(j.part_count) = 1 AND any_value(abs(j.actual)) > any_value(abs(j.expected)) / 10
                         AND any_value(abs(j.expected)) > any_value(abs(j.actual)) / 10)))
), doubted AS (
    SELECT u.outcome_id, 'from_ocr' AS reason FROM used u JOIN core.cell c ON c.cell_id = u.evidence_id WHERE c.method = 'ocr'
    UNION ALL
    -- Read off the alignment of texts, with two columns to choose from.
    SELECT u.outcome_id, 'column_uncertain' FROM used u JOIN core.cell c ON c.cell_id = u.evidence_id
    WHERE c.method <> 'ocr' AND c.confidence IS NOT NULL
    UNION ALL
    SELECT u.outcome_id, 'from_ocr' FROM used u JOIN core.claim c ON c.claim_id = u.evidence_id WHERE c.is_from_ocr
    UNION ALL
    SELECT u.outcome_id, 'from_ocr' FROM used u JOIN core.sentence s ON s.sentence_id = u.evidence_id WHERE s.method = 'ocr'
    UNION ALL
    -- What is said to stand nowhere in a document may stand where its scan was misread.
    SELECT DISTINCT u.outcome_id, 'from_ocr' FROM used u JOIN core.page p ON p.document_id = u.evidence_id WHERE p.route = 'ocr'
    UNION ALL
    SELECT u.outcome_id, 'columns_read_off_text'
    FROM used u JOIN core.cell c ON c.cell_id = u.evidence_id JOIN misread_table USING (document_id, table_no)
    UNION ALL
    -- A sum of nothing, or nothing where another place has an amount, is a column or rows that were not found rather than a defect.
    SELECT u.outcome_id, 'columns_read_off_text'
    FROM used u JOIN judged j USING (outcome_id) JOIN core.cell c ON c.cell_id = u.evidence_id
    JOIN core.extracted_table t ON t.document_id = c.document_id AND t.table_no = c.table_no
    WHERE u.kind IN ('sum', 'equal') AND t.method = 'text_aligned' AND (j.actual = 0 OR j.expected = 0)
      AND coalesce(c.value, 0) = 0
    UNION ALL
    SELECT outcome_id, 'unit_inferred' FROM unit_matters
    UNION ALL
    SELECT u.outcome_id, 'statement_partly_understood'
    FROM used u JOIN core.cell c ON c.cell_id = u.evidence_id JOIN statement_in_doubt USING (statement_id)
    WHERE u.kind = 'sum' OR is_heading_in_doubt
    UNION ALL
    -- The amount that the text states is printed in a statement, where nobody understood it.
    SELECT u.outcome_id, 'statement_partly_understood'
    FROM used u JOIN core.claim k ON k.claim_id = u.evidence_id
    JOIN core.cell c ON c.document_id = k.document_id AND c.value = k.value AND c.statement_id IS NOT NULL
    WHERE u.kind = 'equal' AND k.value <> 0 AND k.metric = 'amount'
      AND c.unmapped_reason IN ('column_without_heading', 'column_not_in_vocabulary', 'row_not_in_vocabulary', 'row_without_label')
    UNION ALL
    -- An identity that fails in most rows of a document says that the table was not understood, not that most of it is wrong.
    SELECT outcome_id, 'mostly_violated' FROM (
        SELECT outcome_id, verdict,
               count(*) FILTER (verdict = 'violated') OVER of_document AS violated,
               count(*) FILTER (verdict <> 'not_evaluated' AND (actual <> 0 OR expected <> 0)) OVER of_document AS asked
        FROM judged WHERE kind IN ('sum', 'equal', 'at_most')
        WINDOW of_document AS (PARTITION BY rule_id, document_id)
    ) WHERE verdict = 'violated' AND asked > 3 AND violated * 2 > asked
    UNION ALL
    SELECT j.outcome_id, 'not_identified' FROM judged j JOIN asked_document d USING (document_id)
    WHERE j.verdict = 'violated' AND NOT d.is_identified
)
SELECT outcome_id, min(reason) AS reason FROM doubted GROUP BY outcome_id;

UPDATE judged SET verdict = 'needs_review', reason = doubt.reason
FROM doubt WHERE doubt.outcome_id = judged.outcome_id AND judged.verdict = 'violated';

-- Ten times apart or more, it is the inferred unit that is wrong. That no unit is printed has a rule of its own.
UPDATE judged SET verdict = 'not_evaluated'
WHERE verdict = 'needs_review' AND reason = 'unit_inferred'
  AND greatest(abs(actual), abs(expected)) >= 10 * least(abs(actual), abs(expected));
