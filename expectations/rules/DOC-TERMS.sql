-- id: DOC-TERMS
-- title: 名词解释覆盖正文用到的术语
-- family: DOC
-- severity: notice
-- basis: B143
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 2
-- formula: {财政拨款收入,年初/年末结转和结余,基本支出,项目支出,“三公”经费,机关运行经费} ⊆ glossary
-- sentence: 有名词解释的，解释了正文用到的财政拨款、基本支出、项目支出、“三公”经费、机关运行经费。
WITH glossary AS (
    SELECT document_id, string_agg(text, '' ORDER BY sentence_no) AS text, min(sentence_id) AS sentence_id
    FROM disclosed_sentence SEMI JOIN document_in_force USING (document_id)
    WHERE contains(coalesce(section, ''), '名词解释') GROUP BY document_id HAVING length(string_agg(text, '')) > 100
), unexplained AS (  -- the shortest sentence that uses a term shows it best
    SELECT g.document_id, t.word, min_by(n.sentence_id, (length(n.text), n.sentence_no)) AS used_in
    FROM glossary g
    CROSS JOIN (SELECT unnest(['财政拨款', '基本支出', '项目支出', '三公', '机关运行经费']) AS word) t
    JOIN disclosed_sentence n ON n.document_id = g.document_id AND NOT contains(coalesce(n.section, ''), '名词解释') AND contains(n.text, t.word)
    WHERE NOT contains(g.text, t.word)
    GROUP BY g.document_id, t.word
)
SELECT g.document_id, '' AS subject, count(u.word) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list_prepend(any_value(g.sentence_id), list(u.used_in ORDER BY u.word) FILTER (u.used_in IS NOT NULL)) AS evidence
FROM glossary g LEFT JOIN unexplained u USING (document_id) GROUP BY g.document_id
