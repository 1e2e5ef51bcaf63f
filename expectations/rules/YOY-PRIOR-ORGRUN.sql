-- id: YOY-PRIOR-ORGRUN
-- title: 机关运行上年数一致
-- family: YOY
-- severity: warning
-- basis: B75
-- kind: sum
-- doc_kind: any
-- needs: narrative
-- version: 2
-- formula: cur∓Δ = prev.org_run
-- sentence: 由增减额倒算的上年机关运行经费等于上年公开的机关运行经费。
SELECT * EXCLUDE (line_code, functional_code) FROM implied_prior_year() WHERE line_code LIKE 'agency_operating_cost.%'
UNION ALL
SELECT document_id, said_subject(line_code, 'total', '', '', NULL, subject_text, basis) AS subject, implied AS actual,
       implied_half_width AS actual_half_width, prior_value AS expected, prior_half_width AS expected_half_width, 1 AS part_count, evidence
FROM implied_by_texts WHERE line_code = 'agency_operating_cost.total'
