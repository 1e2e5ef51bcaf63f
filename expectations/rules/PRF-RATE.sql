-- id: PRF-RATE
-- title: 执行率复算
-- family: PRF
-- severity: error
-- basis: BPXJ
-- kind: percentage
-- doc_kind: final_accounts
-- needs: PF|PFW
-- version: 1
-- formula: rate = exec/full
-- sentence: 执行率等于全年执行数除以全年预算数。
SELECT document_id, project AS subject, rate AS actual, half_width(rate_decimals) AS actual_half_width, executed AS part,
       executed_half_width AS part_half_width, budget AS whole, budget_half_width AS whole_half_width, 1 AS part_count,
       [rate_cell, executed_cell, budget_cell] AS evidence
FROM form WHERE rate IS NOT NULL AND executed IS NOT NULL AND budget IS NOT NULL
