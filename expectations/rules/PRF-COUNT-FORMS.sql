-- id: PRF-COUNT-FORMS
-- title: 各等级数=自评表统计
-- family: PRF
-- severity: warning
-- basis: BPXJ
-- kind: exact
-- doc_kind: final_accounts
-- needs: PF narrative
-- version: 1
-- formula: n优 = |{PF:优}| …
-- sentence: 自评项目个数等于所附自评表的份数（附全部自评表的）。
SELECT s.document_id, '' AS subject, max(s.value) AS actual, 0 AS actual_half_width, any_value(f.forms) AS expected, 0 AS expected_half_width,
       1 AS part_count, [min(s.claim_id)] AS evidence,
       CASE WHEN any_value(f.forms) < max(s.value) THEN 'forms_in_part' END AS reason
FROM said s JOIN (SELECT document_id, count(*) AS forms FROM form GROUP BY document_id) f USING (document_id)
WHERE s.metric = 'count' AND s.unit = '个' AND s.line_code = 'performance.self_evaluation' AND NOT s.is_in_reason
GROUP BY s.document_id HAVING count(DISTINCT s.value) = 1
