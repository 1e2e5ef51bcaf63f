-- id: N-PCT-SIGN
-- title: 百分数缺 % 或金额缺单位
-- family: NAR
-- severity: warning
-- basis: B75;B143
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: /(增长|下降|完成.{0,8}的|占)[\d.]+(?![\d.%倍个])/
-- sentence: 百分数写百分号，金额写单位。
SELECT n.document_id, '' AS subject,
       count(*) FILTER (regexp_matches(n.text, '(增长|下降|完成.{0,8}的)\d+\.\d+([，。；]|$)')) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(n.sentence_id ORDER BY n.sentence_no) FILTER (regexp_matches(n.text, '(增长|下降|完成.{0,8}的)\d+\.\d+([，。；]|$)'))[1:20] AS evidence
FROM disclosed_sentence n SEMI JOIN document_in_force USING (document_id) GROUP BY n.document_id
