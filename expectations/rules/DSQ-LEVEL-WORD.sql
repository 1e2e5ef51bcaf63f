-- id: DSQ-LEVEL-WORD
-- title: 层级用语错误
-- family: DSQ
-- severity: notice
-- basis: B143
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: 区级文档出现“市级预算主管部门/市级财政拨款”
-- sentence: 区县文件不出现“市级预算主管部门”“市级财政拨款”。
SELECT n.document_id, '' AS subject, count(*) FILTER (regexp_matches(n.text, '市级预算主管部门|市级财政拨款')) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(n.sentence_id ORDER BY n.sentence_no) FILTER (regexp_matches(n.text, '市级预算主管部门|市级财政拨款')) AS evidence
FROM disclosed_sentence n JOIN document_in_force d USING (document_id)
WHERE regexp_matches(coalesce(d.unit_name, ''), '(区|县)(人民政府|委|[^市]{2,12}(局|办|会|街道))')
GROUP BY n.document_id
