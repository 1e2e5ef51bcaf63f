-- id: N-DELTA-SUM
-- title: 分项增减额合计=总增减额
-- family: NAR
-- severity: error
-- basis: B75;B143
-- kind: sum
-- doc_kind: any
-- needs: narrative
-- version: 5
-- formula: ΣΔ_i = Δ_total
-- sentence: 分项增减额之和等于总增减额（基本支出与项目支出，“三公”经费各项，收入各来源，或金额已相加相符的分项）。
WITH signed AS (
    SELECT document_id, context_no, basis, signed AS value, half_width, claim_id FROM context_change
    UNION ALL  -- 持平 is a change of nothing
    SELECT f.document_id, f.context_no, f.basis, 0, 0, min(f.claim_id)
    FROM said f ANTI JOIN said c ON c.document_id = f.document_id AND c.context_no = f.context_no AND c.basis = f.basis
        AND c.metric = 'change' AND NOT c.is_in_reason
    WHERE f.metric = 'direction' AND f.direction = 'equal' AND f.basis LIKE 'prior_%' AND NOT f.is_in_reason
    GROUP BY f.document_id, f.context_no, f.basis
), context AS (
    SELECT DISTINCT document_id, context_no, parent_context_no, line_code, measure FROM said
    WHERE context_no IS NOT NULL AND parent_context_no IS NOT NULL AND metric IN ('amount', 'change')
), parts AS (
    SELECT c.document_id, c.parent_context_no, s.basis, sum(s.value) AS value, changes_half_width(s.value, s.half_width) AS half_width, count(*) AS parts,
           list(s.claim_id ORDER BY s.claim_id) AS claims,
           count(DISTINCT c.measure) FILTER (c.measure IN ('basic', 'project')) AS natures
    FROM context c JOIN signed s USING (document_id, context_no) GROUP BY ALL
)
SELECT p.document_id, p.basis || ' ' || p.parts AS subject, t.signed AS actual, t.half_width AS actual_half_width,
       p.value AS expected, p.half_width AS expected_half_width, p.parts AS part_count, list_prepend(t.claim_id, p.claims) AS evidence
FROM parts p JOIN context_change t ON t.document_id = p.document_id AND t.context_no = p.parent_context_no AND t.basis = p.basis
LEFT JOIN context_parts a ON a.document_id = p.document_id AND a.whole_context_no = p.parent_context_no AND a.basis = 'none'
WHERE p.parts > 1
  AND ((p.natures = 2 AND p.parts = 2)
       OR (a.part_count = p.parts
           AND judge_sum(a.whole, a.whole_half_width, a.parts, a.parts_half_width, a.part_count::INTEGER).verdict <> 'violated'))
UNION ALL BY NAME
SELECT document_id, '三公 ' || line_code || ' ' || basis AS subject, actual, actual_half_width, expected, expected_half_width, part_count, evidence
FROM three_public_changes()
UNION ALL BY NAME
SELECT document_id, '来源 ' || basis || ' ' || part_count AS subject, actual, actual_half_width, expected, expected_half_width, part_count, evidence,
       'indirect' AS note
FROM source_changes()
