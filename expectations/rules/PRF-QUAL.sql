-- id: PRF-QUAL
-- title: 定性指标无量化
-- family: PRF
-- severity: notice
-- basis: BPXJ
-- kind: exact
-- doc_kind: final_accounts
-- needs: PF|PFW
-- version: 2
-- formula: target∈{按需要,促进,保障,及时,完善…} 占比>50%
-- sentence: 定性指标不超过一半。
SELECT document_id, project AS subject,
       (count(*) FILTER (NOT regexp_matches(target, '\d|百分之|全部|全覆盖')) * 2 > count(*))::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(coalesce(target_cell, score_cell) ORDER BY row_no) FILTER (NOT regexp_matches(target, '\d|百分之|全部|全覆盖')) AS evidence
FROM indicator WHERE target <> '' GROUP BY document_id, statement_id, project HAVING count(*) > 3
