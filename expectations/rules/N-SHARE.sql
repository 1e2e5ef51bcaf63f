-- id: N-SHARE
-- title: 占比复算
-- family: NAR
-- severity: error
-- basis: B75;B143
-- kind: percentage
-- doc_kind: any
-- needs: narrative
-- version: 3
-- formula: p = 100·part/whole
-- sentence: 情况说明中的占比等于部分除以总额。
SELECT c.document_id, said_subject(c.line_code, c.measure, c.functional_code, c.economic_code, c.functional_path, c.subject_text, c.basis) AS subject,
       c.value AS actual, c.half_width AS actual_half_width, p.value AS part, p.half_width AS part_half_width,
       w.value AS whole, w.half_width AS whole_half_width, 1 AS part_count, [c.claim_id, p.claim_id, w.claim_id] AS evidence
FROM said c
JOIN context_amount p ON p.document_id = c.document_id AND p.context_no = c.context_no AND p.basis = 'none'
JOIN context_amount w ON w.document_id = c.document_id AND w.context_no = c.whole_context_no AND w.basis = 'none'
LEFT JOIN shared_out o ON o.document_id = c.document_id AND o.whole_context_no = c.whole_context_no
WHERE c.metric = 'share' AND NOT c.is_in_reason AND c.subject_kind NOT IN ('other', 'performance', 'organisation')
  AND p.value <= w.value + w.half_width
  -- shares of what their own parts add up to are not of a whole that holds more (本年支出 where the total carries money over)
  AND (o.parts IS NULL OR judge_percentage(c.value, c.half_width, p.value, p.half_width, o.parts, o.parts_half_width).verdict = 'violated')
UNION ALL BY NAME
-- the whole is not in the text: the statements have it. For classes and items it is the one of which most shares around them are.
SELECT c.document_id, said_subject(c.line_code, c.measure, c.functional_code, c.economic_code, c.functional_path, c.subject_text, c.basis) AS subject,
       c.value AS actual, c.half_width AS actual_half_width, p.value AS part, p.half_width AS part_half_width,
       f.value AS whole, f.half_width AS whole_half_width, 1 AS part_count, [c.claim_id, p.claim_id, f.cell_id] AS evidence
FROM said c
JOIN context_amount p ON p.document_id = c.document_id AND p.context_no = c.context_no AND p.basis = 'none'
JOIN figure f ON f.document_id = c.document_id AND f.stage = 'current' AND f.measure = 'total' AND f.instances = 1 AND f.item = ''
    AND ((c.line_code LIKE 'three_public.%' AND f.line_code = 'three_public.total')
         OR (c.line_code LIKE 'revenue.%' AND f.sheet = 'T01' AND f.line_code IN ('revenue.total', 'revenue.subtotal'))
         OR (c.line_code LIKE 'expenditure.%' AND f.sheet = 'T01' AND f.line_code IN ('expenditure.total', 'expenditure.subtotal'))
         OR (c.subject_kind = 'functional' AND f.sheet IN ('T03', 'T05', 'T08') AND f.line_code = 'functional.total'))
WHERE c.metric = 'share' AND NOT c.is_in_reason AND p.value <= f.value + f.half_width
  AND NOT EXISTS (SELECT 1 FROM context_amount w WHERE w.document_id = c.document_id AND w.context_no = c.whole_context_no
                  AND w.basis = 'none')
WINDOW of_whole AS (PARTITION BY f.cell_id, c.subject_kind)
QUALIFY (c.subject_kind <> 'functional'
         OR count(*) FILTER (judge_percentage(c.value, c.half_width, p.value, p.half_width, f.value, f.half_width).verdict <> 'violated')
                OVER of_whole > greatest(1, count(*) OVER of_whole / 2))
    AND row_number() OVER (PARTITION BY c.claim_id ORDER BY abs(c.value - percentage_of(p.value, f.value)), f.cell_id) = 1
