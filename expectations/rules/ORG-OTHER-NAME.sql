-- id: ORG-OTHER-NAME
-- title: 正文出现其他单位名称
-- family: ORG
-- severity: warning
-- basis: B14;BIR6
-- kind: exact
-- doc_kind: any
-- reach: district
-- needs: narrative
-- version: 1
-- formula: mention(unit′)∧unit′∉{本单位,上级,下级,政策主体}
-- sentence: 说明中收支的主体是本单位，没有写成其他单位。
WITH named AS (
    SELECT n.document_id, n.sentence_id, n.sentence_no,
           regexp_extract(n.text, '^(?:[（(]?[一二三四五六七八九十0-9]+[）)、.．])?([\p{Han}（）()0-9]{4,30}?)(?:20\d\d年度?|本年度?)', 1) AS name
    FROM disclosed_sentence n
    WHERE regexp_matches(n.text, '(收入|支出|预算|决算|经费).{0,30}[0-9.,]+万?元')
      AND NOT regexp_matches(coalesce(n.section, ''), '职责|职能|机构|概况|名词解释')
), other AS (
    -- a name that several bodies go by tells nothing
    SELECT name, min(known.unit_id) AS unit_id, min(coalesce(u.parent_unit_id, known.unit_id)) AS tree_id FROM (
        SELECT printed_name AS name, unit_id FROM core.unit_alias UNION SELECT unit_name, unit_id FROM body) known
    LEFT JOIN core.unit u ON u.unit_id = known.unit_id AND u.is_current
    WHERE length(name) >= 5 GROUP BY name HAVING count(DISTINCT known.unit_id) = 1
)
SELECT a.document_id, '' AS subject, count(*) FILTER (o.unit_id IS NOT NULL) AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(n.sentence_id ORDER BY n.sentence_no) FILTER (o.unit_id IS NOT NULL)[1:10] AS evidence
FROM body a JOIN named n USING (document_id)
LEFT JOIN other o ON o.name = n.name AND o.unit_id <> a.unit_id AND o.tree_id <> a.tree_id
    AND NOT contains(a.unit_name, o.name) AND NOT contains(o.name, a.unit_name)
    AND o.name <> coalesce(a.department_name, '')
WHERE n.name <> '' GROUP BY a.document_id
