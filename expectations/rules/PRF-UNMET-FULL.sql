-- id: PRF-UNMET-FULL
-- title: 未达成却满分
-- family: PRF
-- severity: warning
-- basis: BPXJ
-- kind: exact
-- doc_kind: final_accounts
-- needs: PF|PFW
-- version: 1
-- formula: actual 不满足 target ∧ score=weight
-- sentence: 实际完成值没有达到目标值（≥、≤）的定量指标，得分低于分值。
WITH number AS (
    SELECT *, regexp_extract(target, '^(≥|>=|≤|<=)', 1) AS sign, first_number(target) AS aim, first_number(actual) AS reached,
           -- the same unit behind one number on either side
           regexp_extract(target, '^(?:≥|>=|≤|<=)\d+(?:\.\d+)?([^\d]*)$', 1) AS aim_unit,
           regexp_extract(actual, '^(?:≥|>=|≤|<=|=)?\d+(?:\.\d+)?([^\d]*)$', 1) AS reached_unit
    FROM indicator WHERE score = weight AND weight > 0
      AND regexp_matches(target, '^(?:≥|>=|≤|<=)\d+(?:\.\d+)?[^\d]*$') AND regexp_matches(actual, '^(?:≥|>=|≤|<=|=)?\d+(?:\.\d+)?[^\d]*$')
)
SELECT document_id, project AS subject,
       count(*) FILTER (CASE WHEN sign IN ('≥', '>=') THEN reached < aim ELSE reached > aim END) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(score_cell ORDER BY row_no) FILTER (CASE WHEN sign IN ('≥', '>=') THEN reached < aim ELSE reached > aim END) AS evidence
FROM number WHERE aim_unit = reached_unit GROUP BY document_id, statement_id, project
