-- id: X-ORGRUN-ADMIN
-- title: 机关运行经费=公用经费(纯行政/参公)
-- family: XTB
-- severity: error
-- basis: BJG
-- kind: equal
-- doc_kind: final_accounts
-- needs: T05 T06 T10
-- version: 1
-- formula: 无非参公事业成分 ⇒ org_run.total = T06.public
-- sentence: 支出科目中没有事业运行、且机关运行经费全部列在行政或参公单位的，机关运行经费等于公用经费合计。
SELECT * FROM identity([term('T10', 'agency_operating_cost.total')], [term('T06', 'economic.general_operating_total')])
SEMI JOIN (FROM figure SELECT document_id WHERE sheet = 'T05' AND line_code = 'functional.item'
           GROUP BY document_id HAVING NOT bool_or(code LIKE '_____50') AND bool_or(code LIKE '_____01')) USING (document_id)
