-- id: X-0607-EQ
-- title: 无项目支出时三公=对应款
-- family: XTB
-- severity: error
-- basis: B143
-- kind: equal
-- doc_kind: final_accounts
-- needs: T05 T06 T07
-- version: 1
-- formula: T05.合计.project=0 ⇒ 上式取等
-- sentence: 没有一般公共预算项目支出时，基本支出中的“三公”各款等于“三公”经费决算数。
SELECT * FROM (
SELECT * REPLACE (concat_ws(' ', 'overseas_visits', nullif(subject, '')) AS subject) FROM identity(
    [term('T06', 'economic.item', economic := '30212')], [term('T07', 'three_public.overseas_visits')])
UNION ALL BY NAME
SELECT * REPLACE (concat_ws(' ', 'vehicle_operation', nullif(subject, '')) AS subject) FROM identity(
    [term('T06', 'economic.item', economic := '30231')], [term('T07', 'three_public.vehicle_operation')])
UNION ALL BY NAME
SELECT * REPLACE (concat_ws(' ', 'hospitality', nullif(subject, '')) AS subject) FROM identity(
    [term('T06', 'economic.item', economic := '30217')], [term('T07', 'three_public.hospitality')])
UNION ALL BY NAME
SELECT * REPLACE (concat_ws(' ', 'vehicle_purchase', nullif(subject, '')) AS subject) FROM identity(
    [term('T06', 'economic.item', economic := '31013')], [term('T07', 'three_public.vehicle_purchase')])
)
SEMI JOIN (FROM figure SELECT document_id WHERE sheet = 'T05' AND line_code = 'functional.total' AND measure = 'project'
           GROUP BY document_id HAVING max(abs(value)) = 0) USING (document_id)
ANTI JOIN (FROM figure SELECT document_id WHERE sheet = 'T08' AND measure = 'total' AND value <> 0) USING (document_id)
