-- id: DSQ-PUNCT
-- title: 重复/缺失标点
-- family: DSQ
-- severity: notice
-- basis: B143
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: /。。|，，|；；|。；|；$/；段末无句号
-- sentence: 标点没有重复，段末不用分号。
WITH ended AS (
    SELECT document_id, sentence_id, sentence_no, text, section,
           lead(section) OVER (PARTITION BY document_id ORDER BY sentence_no) AS next_section
    FROM disclosed_sentence SEMI JOIN document_in_force USING (document_id)
), faulty AS (
    SELECT *, regexp_matches(text, '。。|，，|；；|。；|；。|、、|，。') OR (text LIKE '%；' AND next_section <> section) AS is_faulty FROM ended
)
SELECT document_id, '' AS subject, count(*) FILTER (is_faulty) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(sentence_id ORDER BY sentence_no) FILTER (is_faulty)[1:20] AS evidence
FROM faulty GROUP BY document_id
