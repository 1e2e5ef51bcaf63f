-- id: PROC-MISSING
-- title: 未说明采购/中小企业份额
-- family: SGP
-- severity: notice
-- basis: BSME;B143
-- kind: exact
-- doc_kind: any
-- years: 2021..
-- needs: narrative
-- version: 2
-- formula: 无“面向中小企业预留/授予中小企业”句
-- sentence: 说明了政府采购的，也说明面向中小企业的份额。
SELECT n.document_id, '' AS subject, (NOT bool_or(regexp_matches(n.text, '中小企业|小微企业')))::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(n.sentence_id ORDER BY n.sentence_no) FILTER (contains(n.text, '政府采购'))[1:2] AS evidence
FROM disclosed_sentence n SEMI JOIN document_in_force USING (document_id)
SEMI JOIN (SELECT document_id FROM said WHERE line_code = 'procurement.total' AND metric = 'amount' AND value > 0) p ON p.document_id = n.document_id
GROUP BY n.document_id
