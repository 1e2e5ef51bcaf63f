-- id: DSQ-GENERIC-ENTITY
-- title: 模板泛称残留
-- family: DSQ
-- severity: notice
-- basis: B143
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: “部门（单位）共有车辆”“本部门（单位）”“XX部门”
-- sentence: 正文没有模板泛称。
SELECT n.document_id, '' AS subject, count(*) FILTER (regexp_matches(n.text, '部门（单位）共有|本部门（单位）|XX部门|某某')) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(n.sentence_id ORDER BY n.sentence_no) FILTER (regexp_matches(n.text, '部门（单位）共有|本部门（单位）|XX部门|某某'))[1:20] AS evidence
FROM disclosed_sentence n SEMI JOIN document_in_force USING (document_id) GROUP BY n.document_id
