-- id: DSQ-SENSITIVE
-- title: 个人隐私/敏感信息
-- family: DSQ
-- severity: warning
-- basis: 个人信息保护法;政府信息公开条例
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: 身份证号/手机号/银行账号正则；低保、遗属姓名
-- sentence: 正文没有身份证号、手机号等个人信息。
SELECT n.document_id, '' AS subject, count(*) FILTER (regexp_matches(n.text, '(^|[^0-9])[1-9]\d{5}(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[0-9Xx]($|[^0-9])|(^|[^0-9])1[3-9]\d{9}($|[^0-9])')) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(n.sentence_id ORDER BY n.sentence_no) FILTER (regexp_matches(n.text, '(^|[^0-9])[1-9]\d{5}(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[0-9Xx]($|[^0-9])|(^|[^0-9])1[3-9]\d{9}($|[^0-9])'))[1:20] AS evidence
FROM disclosed_sentence n SEMI JOIN document_in_force USING (document_id) GROUP BY n.document_id
