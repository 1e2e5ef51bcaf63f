-- id: N-REASON-EMPTY
-- title: “主要原因是”后为空
-- family: NAR
-- severity: warning
-- basis: B75;B143
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 2
-- formula: /主要原因(是|：|为)?[。；]/（“主要原因，X”已写明原因）
-- sentence: “主要原因是”之后写明原因。
SELECT n.document_id, '' AS subject, count(*) FILTER (regexp_matches(n.text, '主要原因((是|：|为)[，：]?)?[。；]|主要原因(是|：|为)，$')) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(n.sentence_id ORDER BY n.sentence_no) FILTER (regexp_matches(n.text, '主要原因((是|：|为)[，：]?)?[。；]|主要原因(是|：|为)，$'))[1:20] AS evidence
FROM disclosed_sentence n SEMI JOIN document_in_force USING (document_id) GROUP BY n.document_id
