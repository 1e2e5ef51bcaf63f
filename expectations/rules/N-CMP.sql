-- id: N-CMP
-- title: 大于/小于/等于预算数与数值
-- family: NAR
-- severity: error
-- basis: B75;B143
-- kind: direction
-- doc_kind: final_accounts
-- needs: narrative
-- version: 1
-- formula: sign(act−bud) ⇔ {大于,超}/{小于,低于}/{等于,持平}；“基本持平”允许 |差|≤1%
-- sentence: “决算数大于、小于、等于预算数”与两数的大小一致。
SELECT c.document_id, said_subject(c.line_code, c.measure, c.functional_code, c.economic_code, c.functional_path, c.subject_text, c.basis) AS subject,
       a.value AS actual, a.half_width AS actual_half_width, b.value AS expected, b.half_width AS expected_half_width,
       c.direction, 1 AS part_count, [c.claim_id, a.claim_id, b.claim_id] AS evidence
FROM said c
JOIN context_amount a ON a.document_id = c.document_id AND a.context_no = c.context_no AND a.basis = 'none'
JOIN context_budget b ON b.document_id = c.document_id AND b.context_no = c.context_no AND b.named_basis = c.basis
WHERE c.metric = 'comparison' AND c.direction IS NOT NULL AND NOT c.is_in_reason
