-- id: N-COMPLETE
-- title: 完成率复算
-- family: NAR
-- severity: error
-- basis: B75;B143
-- kind: percentage
-- doc_kind: final_accounts
-- needs: narrative
-- version: 1
-- formula: p = 100·act/bud
-- sentence: 情况说明中的预算完成率等于决算数除以预算数。
SELECT c.document_id, said_subject(c.line_code, c.measure, c.functional_code, c.economic_code, c.functional_path, c.subject_text, c.basis) AS subject,
       c.value AS actual, c.half_width AS actual_half_width, p.value AS part, p.half_width AS part_half_width,
       b.value AS whole, b.half_width AS whole_half_width, 1 AS part_count, [c.claim_id, p.claim_id, b.claim_id] AS evidence
FROM said c
JOIN context_amount p ON p.document_id = c.document_id AND p.context_no = c.context_no AND p.basis = 'none'
JOIN context_budget b ON b.document_id = c.document_id AND b.context_no = c.context_no AND b.named_basis = c.basis
WHERE c.metric = 'completion' AND NOT c.is_in_reason
UNION ALL BY NAME
-- the budget is not in the text: the three-public statement has it
SELECT c.document_id, said_subject(c.line_code, c.measure, c.functional_code, c.economic_code, c.functional_path, c.subject_text, c.basis) AS subject,
       c.value AS actual, c.half_width AS actual_half_width, p.value AS part, p.half_width AS part_half_width,
       f.value AS whole, f.half_width AS whole_half_width, 1 AS part_count, [c.claim_id, p.claim_id, f.cell_id] AS evidence
FROM said c
JOIN context_amount p ON p.document_id = c.document_id AND p.context_no = c.context_no AND p.basis = 'none'
JOIN figure f ON f.document_id = c.document_id AND f.sheet = 'T07' AND f.stage = 'budget' AND f.line_code = c.line_code
    AND f.instances = 1
WHERE c.metric = 'completion' AND NOT c.is_in_reason
  AND NOT EXISTS (SELECT 1 FROM context_budget b WHERE b.document_id = c.document_id AND b.context_no = c.context_no)
