-- id: DSQ-SECRET
-- title: 涉密字样
-- family: DSQ
-- severity: warning
-- basis: B143
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: /涉密|机密|密码电报|密级/ 出现在项目/金额句
-- sentence: 涉密事项不出现在项目和金额的句子中。
SELECT n.document_id, '' AS subject, count(*) FILTER (regexp_matches(n.text, '涉密|绝密|密码电报|密级') AND regexp_matches(n.text, '[0-9.]+万?元|项目') AND NOT regexp_matches(n.text, '涉密.{0,6}(除外|不予公开|不公开)|保密|非涉密|不涉密')) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(n.sentence_id ORDER BY n.sentence_no) FILTER (regexp_matches(n.text, '涉密|绝密|密码电报|密级') AND regexp_matches(n.text, '[0-9.]+万?元|项目') AND NOT regexp_matches(n.text, '涉密.{0,6}(除外|不予公开|不公开)|保密|非涉密|不涉密'))[1:20] AS evidence
FROM disclosed_sentence n SEMI JOIN document_in_force USING (document_id) GROUP BY n.document_id
