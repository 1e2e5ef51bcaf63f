-- What must hold of any build; anything but zero is a fault of this program. Counted at its end, together with what was counted
-- of every batch (check_batch.sql).

INSERT INTO core.constraint_check
WITH code_list(name, description, known, found) AS (
    VALUES
    ('amount_statement_code', '金额的报表代码在词表中', (SELECT list(statement_code) FROM core.statement_kind),
        (SELECT list(DISTINCT statement_code) FROM core.amount)),
    ('statement_code', '报表代码在词表中', (SELECT list(statement_code) FROM core.statement_kind),
        (SELECT list(DISTINCT statement_code) FROM core.statement)),
    ('amount_line_code', '金额的行代码在词表中', (SELECT list(line_code) FROM core.line_kind),
        (SELECT list(DISTINCT line_code) FROM core.amount)),
    ('document_status', '文件状态为已知值', ['loaded', 'quarantined', 'template'], (SELECT list(DISTINCT status) FROM core.document)),
    ('doc_kind', '文种为已知值', ['budget', 'final_accounts'], (SELECT list(DISTINCT doc_kind) FROM core.document)),
    ('scope', '口径为已知值', ['department', 'unit'], (SELECT list(DISTINCT scope) FROM core.document)),
    ('money_unit', '金额单位为已知值', ['元', '百元', '千元', '万元', '百万元', '亿元'], (SELECT list(DISTINCT money_unit) FROM core.statement))
), key_list(name, description, violations) AS (
    SELECT 'document_id_unique', '文件编号唯一', count(*) - count(DISTINCT document_id) FROM core.document
    UNION ALL SELECT 'subject_unique', '同一年度科目编码唯一', count(*) - count(DISTINCT (scheme, fiscal_year, code)) FROM core.subject
    UNION ALL SELECT 'publication_unique', '公开事项唯一', count(*) - count(DISTINCT (unit_id, fiscal_year, doc_kind)) FROM core.publication
    UNION ALL SELECT 'one_current_version', '每个公开事项至多一个现行版本', count(*) FROM (
        SELECT publication_id FROM core.document WHERE is_current GROUP BY 1 HAVING count(*) > 1)
    UNION ALL SELECT 'document_has_unit', '已识别的文件都归到单位', count(*) FROM core.document
        WHERE status = 'loaded' AND printed_unit_name IS NOT NULL AND unit_id IS NULL
    UNION ALL SELECT 'quarantine_has_reason', '未入库的文件都有原因', count(*) FROM core.document
        WHERE status <> 'loaded' AND (status_reason IS NULL OR reason_code IS NULL)
    UNION ALL SELECT 'half_width_of_money', '金额都有半宽', count(*) FROM core.amount
        WHERE amount_yuan IS NOT NULL AND half_width_yuan IS NULL
    UNION ALL SELECT name, description, sum(violations) FROM batch_violation GROUP BY ALL
    UNION ALL SELECT 'current_unit_version', '每个单位恰有一个现行版本', count(*) FROM (
        SELECT unit_id FROM core.unit GROUP BY 1 HAVING count(*) FILTER (is_current) <> 1)
)
SELECT name, description, violations FROM key_list
UNION ALL
SELECT name, description, len(list_filter(coalesce(found, []), lambda one: one IS NOT NULL AND NOT list_contains(known, one)))
FROM code_list
ORDER BY 1;
