-- From judged rows to stored outcomes: what cannot be relied on is marked for review instead of being called a defect.

CREATE OR REPLACE TEMP TABLE doubt AS
WITH used AS (
    SELECT outcome_id, kind, unnest(evidence) AS evidence_id FROM judged WHERE verdict = 'violated'
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
    SELECT u.outcome_id, 'unit_inferred' FROM used u JOIN core.amount a ON a.cell_id = u.evidence_id WHERE a.is_unit_inferred
    UNION ALL
    SELECT u.outcome_id, 'statement_partly_understood'
    FROM used u JOIN core.cell c ON c.cell_id = u.evidence_id JOIN statement_in_doubt USING (statement_id)
    WHERE u.kind = 'sum'
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

TRUNCATE core.outcome;
INSERT INTO core.outcome BY NAME
SELECT outcome_id, rule_id, document_id, subject, verdict, actual, actual_half_width, expected, expected_half_width,
       residual, tolerance, part_count, reason, note
FROM judged ORDER BY rule_id, document_id, subject;

-- Evidence of what an official has to look at; the evidence of a pass is one query away (run the rule).
TRUNCATE core.outcome_evidence;
INSERT INTO core.outcome_evidence
WITH numbered AS (
    SELECT outcome_id, generate_subscripts(evidence, 1) AS evidence_no, unnest(evidence) AS evidence_id
    FROM judged WHERE verdict IN ('violated', 'needs_review')
)
SELECT outcome_id, min(evidence_no), evidence_id,
       CASE WHEN regexp_full_match(evidence_id, '.*\.t\d+\.r\d+\.c\d+') THEN 'cell'
            WHEN regexp_full_match(evidence_id, '.*\.n\d+\.k\d+') THEN 'claim'
            WHEN regexp_full_match(evidence_id, '.*\.n\d+') THEN 'sentence'
            WHEN regexp_full_match(evidence_id, '.*\.s\d+') THEN 'statement' ELSE 'document' END
FROM numbered WHERE evidence_id IS NOT NULL GROUP BY outcome_id, evidence_id ORDER BY 1, 2;
