-- id: DOC-COVER-YEAR
-- title: 封面年度=正文年度=表头年度
-- family: DOC
-- severity: error
-- basis: B143
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: {cover.year, toc.year, section.year, table.year} 为单元素集
-- sentence: 各表标题的年度与报告年度一致。
SELECT s.document_id, s.statement_code || ' ' || s.statement_no AS subject, s.printed_year AS actual, 0 AS actual_half_width,
       d.fiscal_year AS expected, 0 AS expected_half_width, 1 AS part_count, [s.statement_id] AS evidence
FROM disclosed_statement s JOIN document_in_force d USING (document_id)
WHERE s.printed_year IS NOT NULL AND s.statement_code IS NOT NULL AND d.fiscal_year IS NOT NULL
  AND s.document_id NOT IN (FROM year_in_doubt)
QUALIFY count(*) FILTER (s.printed_year <> d.fiscal_year) OVER (PARTITION BY s.document_id) * 2
        < count(*) OVER (PARTITION BY s.document_id)
