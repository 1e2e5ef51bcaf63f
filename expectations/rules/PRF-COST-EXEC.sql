-- id: PRF-COST-EXEC
-- title: 成本指标实际值≠执行数
-- family: PRF
-- severity: warning
-- basis: BPXJ
-- kind: equal
-- doc_kind: final_accounts
-- needs: PF
-- version: 1
-- formula: |actual−exec| > 尾差
-- sentence: 成本指标的实际完成值等于全年执行数。
SELECT i.document_id, left(concat_ws(' ', i.project, i.level_three), 80) AS subject, first_number(i.actual) * 10000 AS actual,
       half_width(coalesce(length(nullif(regexp_extract(i.actual, '\.(\d+)', 1), '')), 0)) * 10000 AS actual_half_width,
       f.executed AS expected, f.executed_half_width AS expected_half_width, 1 AS part_count,
       [i.actual_cell, f.executed_cell] AS evidence
FROM indicator i JOIN form f USING (statement_id)
WHERE i.level_two LIKE '%成本%' AND first_number(i.actual) IS NOT NULL AND contains(i.actual, '万元') AND f.executed IS NOT NULL AND regexp_matches(i.level_three, '规模|总额|总成本|资金使用|支出')
