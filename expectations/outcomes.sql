-- From judged rows to stored outcomes.

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
