-- id: DSQ-PDFDATE
-- title: PDF 生成日晚于公开日
-- family: DSQ
-- severity: notice
-- basis: B143
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: pdf.CreationDate > pub_date+1
-- sentence: 文件生成日期不晚于公开日期。
SELECT document_id, '' AS subject, (TRY_CAST(left(created_on, 10) AS DATE) > published_on + 1)::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count, [document_id] AS evidence
FROM document_in_force WHERE published_on IS NOT NULL AND TRY_CAST(left(created_on, 10) AS DATE) IS NOT NULL
