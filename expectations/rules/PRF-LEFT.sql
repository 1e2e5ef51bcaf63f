-- id: PRF-LEFT
-- title: 结余=全年预算−执行
-- family: PRF
-- severity: error
-- basis: BPXJ
-- kind: sum
-- doc_kind: final_accounts
-- needs: PF
-- version: 1
-- formula: left = full − exec
-- sentence: 资金结余等于全年预算数减全年执行数。
SELECT document_id, project AS subject, left_over AS actual, left_over_half_width AS actual_half_width,
       budget - executed AS expected, budget_half_width + executed_half_width AS expected_half_width, 2 AS part_count,
       [left_over_cell, budget_cell, executed_cell] AS evidence
FROM form WHERE left_over IS NOT NULL AND budget IS NOT NULL AND executed IS NOT NULL
