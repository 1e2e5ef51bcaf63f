-- id: N-COMPARE-YEAR
-- title: 比较年度写成本年度
-- family: NAR
-- severity: error
-- basis: B75;B143
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: “比Y年”且 Y=报告年
-- sentence: 与上年比较的句子，比较年度不得写成报告年度。
SELECT c.document_id, said_subject(c.line_code, c.measure, c.functional_code, c.economic_code, c.functional_path, c.subject_text, c.basis) || ' ' || c.metric AS subject,
       (c.reference_year = c.fiscal_year)::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected,
       0 AS expected_half_width, 1 AS part_count, [c.claim_id] AS evidence
FROM said c
WHERE c.metric IN ('change', 'growth', 'direction') AND c.basis LIKE 'prior_%' AND c.reference_year IS NOT NULL
  AND NOT c.is_in_reason AND NOT contains(coalesce(c.section, ''), '名词解释')
  AND c.document_id NOT IN (FROM year_in_doubt)
