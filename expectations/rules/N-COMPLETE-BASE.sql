-- id: N-COMPLETE-BASE
-- title: 完成率分母表述错误
-- family: NAR
-- severity: error
-- basis: B75;B143
-- kind: exact
-- doc_kind: final_accounts
-- needs: narrative
-- version: 1
-- formula: “完成年初预算的p%” ∧ p 由全年预算算得 ⇒ hit
-- sentence: “完成年初预算的百分比”应以年初预算为分母，而不是以全年预算为分母。
SELECT c.document_id, said_subject(c.line_code, c.measure, c.functional_code, c.economic_code, c.functional_path, c.subject_text, c.basis) AS subject,
       (judge_percentage(c.value, c.half_width, p.value, p.half_width, own.value, own.half_width).verdict = 'violated'
        AND judge_percentage(c.value, c.half_width, p.value, p.half_width, other.value, other.half_width).verdict
            <> 'violated')::INTEGER AS actual,
       0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       [c.claim_id, p.claim_id, other.claim_id] AS evidence
FROM said c
JOIN context_amount p ON p.document_id = c.document_id AND p.context_no = c.context_no AND p.basis = 'none'
JOIN context_amount own ON own.document_id = c.document_id AND own.context_no = c.context_no AND own.basis = c.basis
JOIN context_amount other ON other.document_id = c.document_id AND other.context_no = c.context_no
    AND other.basis <> c.basis AND other.basis IN ('initial_budget', 'full_year_budget')
WHERE c.metric = 'completion' AND c.basis IN ('initial_budget', 'full_year_budget') AND NOT c.is_in_reason
