-- id: N-DIR
-- title: 增长/下降方向词与数值符号
-- family: NAR
-- severity: error
-- basis: B75;B143
-- kind: direction
-- doc_kind: any
-- needs: narrative
-- version: 4
-- formula: sign(cur−prev) ⇔ 词∈{增加,增长,上升}/{减少,下降,降低}
-- sentence: 两期金额都写出时，“增加”“减少”与两期之差的方向一致，增加额不大于本期数；同一事项前后所称的方向一致；金额相同、增减额也相同的整体与部分，方向一致。
SELECT c.document_id, said_subject(c.line_code, c.measure, c.functional_code, c.economic_code, c.functional_path, c.subject_text, c.basis) AS subject,
       a.value AS actual, a.half_width AS actual_half_width, p.value AS expected, p.half_width AS expected_half_width,
       c.direction, 1 AS part_count, [c.claim_id, a.claim_id, p.claim_id] AS evidence
FROM said c
JOIN context_amount a ON a.document_id = c.document_id AND a.context_no = c.context_no AND a.basis = 'none'
JOIN context_amount p ON p.document_id = c.document_id AND p.context_no = c.context_no AND p.basis = c.basis
WHERE c.metric IN ('change', 'growth', 'direction') AND c.direction IN ('increase', 'decrease') AND NOT c.is_in_reason
  AND c.basis <> 'none' AND NOT (c.value = 0 AND c.metric <> 'direction')
UNION ALL BY NAME
-- the amount rises where the percentage falls
SELECT g.document_id, 'pair ' || said_subject(g.line_code, g.measure, g.functional_code, g.economic_code, g.functional_path, g.subject_text, g.basis) AS subject,
       CASE g.direction WHEN 'decrease' THEN -g.value ELSE g.value END AS actual, 0 AS actual_half_width,
       0 AS expected, 0 AS expected_half_width, c.direction, 1 AS part_count, [g.claim_id, c.claim_id] AS evidence
FROM said g JOIN context_change c ON c.document_id = g.document_id AND c.context_no = g.context_no AND c.basis = g.basis
WHERE g.metric = 'growth' AND g.direction IN ('increase', 'decrease') AND NOT g.is_in_reason AND g.value > 0 AND c.value > 0
UNION ALL BY NAME
-- what has grown by more than it is had been less than nothing
SELECT c.document_id, 'least ' || concat_ws(' ', nullif(c.line_code, ''), nullif(c.measure, 'total'), c.functional_code, c.economic_code, c.basis) AS subject,
       a.value AS actual, a.half_width AS actual_half_width, c.value AS expected, c.half_width AS expected_half_width,
       'at_least' AS direction, 1 AS part_count, [c.claim_id, a.claim_id] AS evidence, 'indirect' AS note
FROM context_change c JOIN context_amount a ON a.document_id = c.document_id AND a.context_no = c.context_no AND a.basis = 'none'
WHERE c.direction = 'increase' AND c.basis LIKE 'prior_%' AND a.value >= 0
  AND (c.line_code <> '' OR c.functional_code <> '' OR c.economic_code <> '')
UNION ALL BY NAME
-- a direction told without a number (决算数较上年减少的主要原因是) beside the change told of the same
SELECT c.document_id, 'word ' || said_subject(c.line_code, c.measure, c.functional_code, c.economic_code, c.functional_path, c.subject_text, c.basis) AS subject,
       m.signed AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, c.direction, 1 AS part_count,
       [c.claim_id, m.claim_id] AS evidence
FROM said c JOIN (
    SELECT document_id, context_no, basis, min(claim_id) AS claim_id,
           arg_min(CASE direction WHEN 'decrease' THEN -value ELSE value END, claim_id) AS signed
    FROM said
    WHERE metric IN ('change', 'growth') AND direction IN ('increase', 'decrease') AND value > 0 AND NOT is_in_reason
    GROUP BY document_id, context_no, basis HAVING min(direction) = max(direction)
) m ON m.document_id = c.document_id AND m.context_no = c.context_no AND m.basis = c.basis
WHERE c.metric = 'direction' AND c.direction IN ('increase', 'decrease') AND NOT c.is_in_reason
UNION ALL BY NAME
-- a whole and its part with the same amount and the same change, one told to rise and the other to fall
SELECT w.document_id, 'part ' || concat_ws(' ', nullif(p.line_code, ''), nullif(p.functional_code, ''), nullif(p.economic_code, ''), p.basis) AS subject,
       w.signed AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, p.direction, 1 AS part_count,
       [p.claim_id, w.claim_id] AS evidence
FROM context_amount a JOIN context_amount b ON b.document_id = a.document_id AND b.context_no = a.parent_context_no
    AND a.basis = 'none' AND b.basis = 'none' AND a.value = b.value AND a.half_width = b.half_width AND a.value >= 200 * a.half_width
JOIN context_change p ON p.document_id = a.document_id AND p.context_no = a.context_no
JOIN context_change w ON w.document_id = b.document_id AND w.context_no = b.context_no AND w.basis = p.basis AND w.value = p.value
WHERE p.value >= 20 * p.half_width
