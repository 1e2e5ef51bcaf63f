-- id: PRF-UNIT
-- title: 目标值缺单位
-- family: PRF
-- severity: notice
-- basis: BPXJ
-- kind: exact
-- doc_kind: final_accounts
-- needs: PF|PFW
-- version: 2
-- formula: “≥90”无 %
-- sentence: 目标值写明计量单位。
SELECT document_id, project AS subject, count(*) FILTER (regexp_full_match(target, '[≥≤=＝><＞＜]\d+(\.\d+)?')) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(coalesce(target_cell, score_cell) ORDER BY row_no) FILTER (regexp_full_match(target, '[≥≤=＝><＞＜]\d+(\.\d+)?')) AS evidence
FROM indicator WHERE target <> '' GROUP BY document_id, statement_id, project
