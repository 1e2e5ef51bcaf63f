-- id: DOC-TERMS
-- title: 名词解释覆盖正文用到的术语
-- family: DOC
-- severity: notice
-- basis: B143
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: {财政拨款收入,年初/年末结转和结余,基本支出,项目支出,“三公”经费,机关运行经费} ⊆ glossary
-- sentence: 有名词解释的，解释了财政拨款收入、基本支出、项目支出、“三公”经费、机关运行经费。
WITH glossary AS (
    SELECT document_id, string_agg(text, '' ORDER BY sentence_no) AS text, min(sentence_id) AS sentence_id
    FROM disclosed_sentence SEMI JOIN document_in_force USING (document_id)
    WHERE contains(coalesce(section, ''), '名词解释') GROUP BY document_id
)
SELECT document_id, '' AS subject,
       len(list_filter(['财政拨款', '基本支出', '项目支出', '三公', '机关运行经费'], lambda word: NOT contains(text, word))) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       [sentence_id] AS evidence
FROM glossary WHERE length(text) > 100
