-- id: DSQ-DUP-PARA
-- title: 段落重复
-- family: DSQ
-- severity: notice
-- basis: B143
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 2
-- formula: 同文档 ≥40 字段落出现 2 次(非页眉)
-- sentence: 同一段落不重复出现（“主要包括：…”等列举除外）。
WITH repeated AS (
    SELECT document_id, text, count(*) AS copies, max(sentence_id) AS sentence_id
    FROM disclosed_sentence SEMI JOIN document_in_force USING (document_id) WHERE length(text) >= 60
      AND NOT regexp_matches(text, '^(其中|(具体|主要)?包括)[:：]')  -- what a sum consists of may be the same of two sums
    GROUP BY document_id, text
)
SELECT document_id, '' AS subject, count(*) FILTER (copies > 1) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(sentence_id ORDER BY sentence_id) FILTER (copies > 1)[1:10] AS evidence
FROM repeated GROUP BY document_id
