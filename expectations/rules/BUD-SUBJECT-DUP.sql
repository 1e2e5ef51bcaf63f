-- id: BUD-SUBJECT-DUP
-- title: 同一说明引用两次同科目
-- family: BUD
-- severity: warning
-- basis: B75;B143
-- kind: exact
-- doc_kind: budget
-- needs: narrative
-- version: 1
-- formula: 同码出现≥2 次
-- sentence: 同一说明不两次列出同一科目。
WITH listed AS (
    SELECT document_id, functional_path, count(DISTINCT context_no) AS times, list(claim_id ORDER BY claim_id) AS claims
    FROM said WHERE metric = 'amount' AND basis = 'none' AND NOT is_in_reason AND len(string_split(functional_path, '/')) = 3
      AND coalesce(subject_year, fiscal_year) = fiscal_year
    GROUP BY document_id, section, functional_path
)
SELECT document_id, '' AS subject, count(*) FILTER (times > 1) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count, flatten(list(claims) FILTER (times > 1))[1:20] AS evidence
FROM listed GROUP BY document_id
