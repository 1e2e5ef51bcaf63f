-- id: DOC-UNIT-NAME
-- title: 单位名称全篇一致
-- family: DOC
-- severity: warning
-- basis: B143
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 2
-- formula: ∀提及∈{标题,表头,情况说明}: canon(name)=doc.unit
-- sentence: 各表所印单位名称一致。
WITH printed AS (
    SELECT s.document_id, s.statement_id, s.statement_no, s.printed_unit_name,
           regexp_replace(s.printed_unit_name, '[（）()]|单位$|部门$|本级|汇总|机关', '', 'g') AS name
    FROM disclosed_statement s JOIN document_in_force d USING (document_id)
    WHERE s.printed_unit_name IS NOT NULL AND NOT d.is_consolidated AND s.statement_code NOT IN ('PF', 'PFW', 'BT14', 'BT16')
), named AS (
    SELECT document_id, list(DISTINCT name) AS names, list(statement_id ORDER BY statement_no) AS evidence
    FROM printed GROUP BY document_id
    HAVING count(*) > 1 AND max(length(printed_unit_name)) - min(length(printed_unit_name)) < 7
)
-- a short form with which a longer name begins is no other unit
SELECT document_id, '' AS subject, len(list_filter(names, n -> len(list_filter(names, m -> m <> n AND starts_with(m, n))) = 0)) - 1 AS actual,
       0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count, evidence
FROM named
