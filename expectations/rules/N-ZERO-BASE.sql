-- id: N-ZERO-BASE
-- title: 零基数写百分比
-- family: NAR
-- severity: notice
-- basis: 勾稽常理
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: prev=0 ∧ 写“增长100%” / bud=0 ∧ 写“完成0%/100%”
-- sentence: 上期或预算为零的，不写增长或完成的百分比。
SELECT c.document_id, said_subject(c.line_code, c.measure, c.functional_code, c.economic_code, c.functional_path, c.subject_text, c.basis) || ' ' || c.metric AS subject,
       (b.value = 0)::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count, [c.claim_id, b.claim_id] AS evidence
FROM said c JOIN context_amount b ON b.document_id = c.document_id AND b.context_no = c.context_no AND b.basis = c.basis
WHERE c.metric IN ('growth', 'completion') AND c.value <> 0 AND NOT c.is_in_reason
