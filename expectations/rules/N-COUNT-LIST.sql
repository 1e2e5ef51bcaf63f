-- id: N-COUNT-LIST
-- title: “n个机构/单位”与列举数不符
-- family: NAR
-- severity: warning
-- basis: B75;B143
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: n = len(list)
-- sentence: “n 个机构”与列举的个数一致。
SELECT c.document_id, left(c.subject_text, 40) || ' ' || c.context_no AS subject, c.value AS actual, 0 AS actual_half_width,
       count(DISTINCT l.claim_id) AS expected, 0 AS expected_half_width, 1 AS part_count,
       list_prepend(c.claim_id, list(DISTINCT l.claim_id ORDER BY l.claim_id)[1:3]) AS evidence,
       CASE WHEN bool_or(l.is_open_list) OR count(DISTINCT l.claim_id) > c.value THEN 'list_is_open' END AS reason
FROM said c JOIN said l ON l.document_id = c.document_id AND l.context_no = c.context_no AND l.metric = 'list'
WHERE c.metric = 'count' AND c.unit IN ('个', '家') AND c.line_code IN ('organisation.internal_bodies', 'organisation.units')
GROUP BY c.document_id, c.claim_id, c.subject_text, c.context_no, c.value HAVING count(DISTINCT l.claim_id) > 2
