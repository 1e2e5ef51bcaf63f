-- id: YOY-COPY-TEXT
-- title: 说明照抄上年
-- family: YOY
-- severity: notice
-- basis: B75
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: 5-gram Jaccard(原因段) > 0.95 且数字段不同
-- sentence: 变动原因和项目概况不与上年逐字相同。
WITH told AS (
    SELECT document_id, sentence_id, sentence_no, regexp_replace(text, '[0-9０-９.,，%％]+', '', 'g') AS words,
           CASE WHEN regexp_matches(coalesce(section, ''), '项目经费|项目概况|项目情况') THEN '项目概况'
                WHEN regexp_matches(text, '主要原因|主要是|原因是') THEN '变动原因' END AS part
    FROM disclosed_sentence
    WHERE length(text) >= 25 AND role = 'body' AND NOT regexp_matches(coalesce(section, ''), '职责|职能|名词解释|机构设置')
), own AS (
    SELECT DISTINCT ON (document_id, part, words) * FROM told WHERE part IS NOT NULL ORDER BY document_id, part, words, sentence_no
)
SELECT o.document_id, o.part AS subject, (count(p.words) * 100 > 95 * count(*))::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(o.sentence_id ORDER BY o.sentence_no)[1:10] AS evidence
FROM own o JOIN prior_document USING (document_id)
LEFT JOIN (SELECT DISTINCT document_id, part, words FROM told) p ON p.document_id = prior_id AND p.part = o.part AND p.words = o.words
GROUP BY o.document_id, o.part HAVING count(*) >= CASE o.part WHEN '项目概况' THEN 3 ELSE 5 END
