-- id: YOY-BUD-CLAIM
-- title: 预算文档倒算上年预算=上年预算公开
-- family: YOY
-- severity: warning
-- basis: B75
-- kind: equal
-- doc_kind: budget
-- needs: narrative
-- version: 1
-- formula: BN.total∓Δ = bud(y−1).BT01.total
-- sentence: 由增减额倒算的上年预算等于上年公开的预算。
SELECT a.document_id, c.line_code AS subject, m.value - CASE c.direction WHEN 'decrease' THEN -c.value ELSE c.value END AS actual,
       m.half_width + c.half_width AS actual_half_width, f.value AS expected, f.half_width AS expected_half_width,
       1 AS part_count, [c.claim_id, m.claim_id, f.cell_id] AS evidence
FROM document_in_force a JOIN document_in_force b ON b.unit_id = a.unit_id AND b.doc_kind = a.doc_kind AND b.fiscal_year = a.fiscal_year - 1
    AND coalesce(b.scope, '') = coalesce(a.scope, '')
JOIN said c ON c.document_id = a.document_id AND c.metric = 'change' AND c.basis = 'prior_budget' AND NOT c.is_in_reason
    AND c.direction IN ('increase', 'decrease') AND c.line_code IN ('revenue.total', 'expenditure.total', 'revenue.fiscal_appropriation')
JOIN context_amount m ON m.document_id = c.document_id AND m.context_no = c.context_no AND m.basis = 'none'
JOIN figure f ON f.document_id = b.document_id AND f.sheet = c.sheet AND f.line_code = c.line_code AND f.stage = 'current'
    AND f.measure = 'total' AND f.instances = 1 AND f.fund IN ('all', 'fiscal_appropriation')
QUALIFY row_number() OVER (PARTITION BY c.document_id, c.line_code ORDER BY c.claim_id) = 1
