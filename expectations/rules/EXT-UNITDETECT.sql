-- id: EXT-UNITDETECT
-- title: 单位探测
-- family: EXT
-- severity: notice
-- basis: 工程闸门
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: 表头单位缺失时用跨表比值(10^4)反推并标注推断
-- sentence: 各表的金额单位印在表上（推断所得的，结论降为待复核）。
SELECT document_id, '' AS subject, count(*) FILTER (is_money_unit_inferred) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(statement_id ORDER BY statement_id) FILTER (is_money_unit_inferred)[1:20] AS evidence
FROM disclosed_statement SEMI JOIN asked_document_open USING (document_id) WHERE status = 'filled' AND statement_code IS NOT NULL GROUP BY document_id
