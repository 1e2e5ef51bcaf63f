-- id: N-VEH-SUM
-- title: 说明中车辆合计=分类之和
-- family: NAR
-- severity: error
-- basis: B143
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: NR.车辆.合计 = Σ NR.车辆.分类（列举到“其他用车”为止）
-- sentence: 说明中的车辆总数等于所列各类车辆数之和。
WITH part AS (
    SELECT document_id, parent_context_no, line_code, min(value) AS value, min(claim_id) AS claim_id
    FROM said
    WHERE metric = 'count' AND unit = '辆' AND line_code LIKE 'vehicles.%' AND line_code <> 'vehicles.total'
      AND parent_context_no IS NOT NULL AND NOT is_in_reason
    GROUP BY document_id, parent_context_no, line_code
), list AS (  -- only a list that goes to 其他用车 is complete; a kind may be told twice in it (其中4辆挂靠)
    SELECT document_id, parent_context_no, sum(value) AS value, count(*) AS part_count, list(claim_id ORDER BY claim_id) AS claims
    FROM part GROUP BY document_id, parent_context_no
    HAVING count(*) > 2 AND bool_or(line_code = 'vehicles.other')
       AND NOT EXISTS (SELECT 1 FROM said s WHERE s.document_id = part.document_id AND s.parent_context_no = part.parent_context_no
                       AND s.metric = 'count' AND s.unit = '辆' AND (s.line_code IS NULL OR s.line_code NOT LIKE 'vehicles.%'))
)
SELECT t.document_id, said_subject(t.line_code, t.measure, '', '', NULL, t.subject_text, t.basis) AS subject, t.value AS actual, 0 AS actual_half_width, l.value AS expected,
       0 AS expected_half_width, l.part_count, list_prepend(t.claim_id, l.claims) AS evidence
FROM said t JOIN list l ON l.document_id = t.document_id AND l.parent_context_no = t.context_no
WHERE t.metric = 'count' AND t.unit = '辆' AND t.line_code = 'vehicles.total' AND NOT t.is_in_reason
