-- id: N-PURPOSE-COPY
-- title: “主要用于”与科目不符/照抄
-- family: NAR
-- severity: warning
-- basis: B75;B143
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 2
-- formula: sim(用途, 其他科目名) > sim(用途, 本科目名) ∧ 含他科目关键词
-- sentence: 用途和原因所提到的科目就是本科目，没有照抄其他科目。
WITH subject AS (
    SELECT DISTINCT document_id, subject_name AS name, functional_code AS code FROM figure
    WHERE length(functional_code) = 7 AND length(subject_name) >= 7
), spoken AS (
    SELECT document_id, claim_id, text, functional_path, functional_code, string_split(functional_path, '/')[-1] AS own
    FROM said WHERE metric IN ('purpose', 'reason') AND functional_path IS NOT NULL
)
SELECT s.document_id, '' AS subject,
       count(DISTINCT s.claim_id) FILTER (n.name IS NOT NULL) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(DISTINCT s.claim_id ORDER BY s.claim_id) FILTER (n.name IS NOT NULL)[1:20] AS evidence
FROM spoken s LEFT JOIN subject n ON n.document_id = s.document_id AND contains(s.text, n.name)
    AND NOT contains(s.functional_path, n.name) AND NOT contains(s.text, s.own)
    -- what a class or group is used for may be told by its own items
    AND CASE WHEN s.functional_code <> '' THEN NOT starts_with(n.code, s.functional_code) ELSE contains(s.functional_path, '/') END
GROUP BY s.document_id
