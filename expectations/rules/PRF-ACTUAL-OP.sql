-- id: PRF-ACTUAL-OP
-- title: 实际完成值写成不等式
-- family: PRF
-- severity: notice
-- basis: BPXJ
-- kind: exact
-- doc_kind: final_accounts
-- needs: PF|PFW
-- version: 1
-- formula: actual matches /^[≤≥<>≠]/
-- sentence: 实际完成值写确数，不写不等式。
SELECT document_id, project AS subject, count(*) FILTER (regexp_matches(actual, '^[≤≥<>≠＜＞]')) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(coalesce(actual_cell, score_cell) ORDER BY row_no) FILTER (regexp_matches(actual, '^[≤≥<>≠＜＞]')) AS evidence
FROM indicator WHERE actual <> '' GROUP BY document_id, statement_id, project
