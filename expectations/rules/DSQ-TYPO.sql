-- id: DSQ-TYPO
-- title: 错别字(形近/同音词典)
-- family: DSQ
-- severity: notice
-- basis: B143
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: 词典: 士地→土地, 上一度→上一年度, 更游校→更有效, 社区事物受理→事务, 建筑里面→立面, 健、有序→健康、有序, 公务车用车→公务用车, 行政事务管理→行政管理事务
-- sentence: 正文没有常见错别字。
SELECT n.document_id, '' AS subject, count(*) FILTER (regexp_matches(n.text, '士地|比上一度|与上一度|更游校|事物受理|建筑里面|健、有序|公务车用车|行政事务管理支|会议的风|精排|受用人')) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(n.sentence_id ORDER BY n.sentence_no) FILTER (regexp_matches(n.text, '士地|比上一度|与上一度|更游校|事物受理|建筑里面|健、有序|公务车用车|行政事务管理支|会议的风|精排|受用人'))[1:20] AS evidence
FROM disclosed_sentence n SEMI JOIN document_in_force USING (document_id) GROUP BY n.document_id
