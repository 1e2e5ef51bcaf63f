-- id: DOC-ANNEX
-- title: 正文声明的附件/附表存在
-- family: DOC
-- severity: warning
-- basis: B143
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: /(附件|附表|详见.{0,12}表)/ ⇒ 附件在同文档或同一发布页存在
-- sentence: 正文说“详见绩效目标表（自评表、附件）”的，该表在文件中。
SELECT n.document_id, '' AS subject,
       (NOT EXISTS (SELECT 1 FROM disclosed_statement s WHERE s.document_id = n.document_id
                    AND s.statement_code IN ('PF', 'PFW', 'BT14', 'BT16') AND s.status = 'filled'))::INTEGER AS actual,
       0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count, list(n.sentence_id ORDER BY n.sentence_no)[1:5] AS evidence
FROM disclosed_sentence n SEMI JOIN document_in_force USING (document_id)
WHERE regexp_matches(n.text, '详见.{0,12}(绩效目标表|自评表|附件|附表)') AND contains(n.text, '绩效')
GROUP BY n.document_id
