-- The star: dimensions, facts, and views that cannot count money twice. Everything an analyst sums should come from
-- mart.leaf_*: one disclosure for each body, one statement, only the finest rows. Comments are Chinese for the same readers.

CREATE SCHEMA IF NOT EXISTS mart;

CREATE OR REPLACE VIEW mart.dim_unit AS
SELECT unit_id, version_no, unit_name, registry_id, parent_unit_id, parent_name, nature, is_nature_inferred, publishes_separately,
       valid_from, valid_to, predecessor_unit_id, is_registered, is_current FROM core.unit;
COMMENT ON VIEW mart.dim_unit IS '单位维度（二型缓慢变化）：每个单位在每段有效期一行';
COMMENT ON COLUMN mart.dim_unit.unit_id IS '单位编号';
COMMENT ON COLUMN mart.dim_unit.version_no IS '第几段有效期';
COMMENT ON COLUMN mart.dim_unit.unit_name IS '单位名称';
COMMENT ON COLUMN mart.dim_unit.registry_id IS '财政部门登记的编号';
COMMENT ON COLUMN mart.dim_unit.parent_unit_id IS '主管单位编号';
COMMENT ON COLUMN mart.dim_unit.parent_name IS '主管部门名称';
COMMENT ON COLUMN mart.dim_unit.nature IS '单位性质：administrative 行政，party 党委，public_institution 事业，subdistrict 街道等';
COMMENT ON COLUMN mart.dim_unit.is_nature_inferred IS '性质是否由名称推断';
COMMENT ON COLUMN mart.dim_unit.publishes_separately IS '是否单独公开（否：并入上级）';
COMMENT ON COLUMN mart.dim_unit.valid_from IS '有效期起';
COMMENT ON COLUMN mart.dim_unit.valid_to IS '有效期止';
COMMENT ON COLUMN mart.dim_unit.predecessor_unit_id IS '前身单位编号';
COMMENT ON COLUMN mart.dim_unit.is_registered IS '是否在登记名册中';
COMMENT ON COLUMN mart.dim_unit.is_current IS '是否为该单位的现行记录';

CREATE OR REPLACE VIEW mart.dim_unit_alias AS
SELECT printed_name, unit_id, unit_name, matched_by FROM core.unit_alias;
COMMENT ON VIEW mart.dim_unit_alias IS '单位名称：文件中印出的每种写法归到哪个单位';
COMMENT ON COLUMN mart.dim_unit_alias.printed_name IS '印出的名称';
COMMENT ON COLUMN mart.dim_unit_alias.unit_id IS '单位编号';
COMMENT ON COLUMN mart.dim_unit_alias.unit_name IS '单位名称';
COMMENT ON COLUMN mart.dim_unit_alias.matched_by IS '依据：registry 登记名册或已确认的别名，document 文件自身写法';

CREATE OR REPLACE VIEW mart.dim_fiscal_year AS
SELECT fiscal_year, functional_class_count, document_count FROM core.fiscal_year;
COMMENT ON VIEW mart.dim_fiscal_year IS '年度维度';
COMMENT ON COLUMN mart.dim_fiscal_year.fiscal_year IS '年度';
COMMENT ON COLUMN mart.dim_fiscal_year.functional_class_count IS '当年印出的功能分类类级科目数';
COMMENT ON COLUMN mart.dim_fiscal_year.document_count IS '文件数';

CREATE OR REPLACE VIEW mart.dim_functional_subject AS
SELECT subject.fiscal_year, subject.code AS functional_code, subject.name, subject.level, subject.parent_code, class.name AS class_name,
       subject.lineage_code, subject.is_known, subject.is_printed, subject.note
FROM core.subject AS subject
LEFT JOIN core.subject AS class ON class.scheme = subject.scheme AND class.fiscal_year = subject.fiscal_year
    AND class.code = left(subject.code, 3)
WHERE subject.scheme = 'functional';
COMMENT ON VIEW mart.dim_functional_subject IS '功能分类科目：每年每个编码一行';
COMMENT ON COLUMN mart.dim_functional_subject.fiscal_year IS '年度';
COMMENT ON COLUMN mart.dim_functional_subject.functional_code IS '功能分类编码';
COMMENT ON COLUMN mart.dim_functional_subject.name IS '名称';
COMMENT ON COLUMN mart.dim_functional_subject.level IS '级次：1类，2款，3项';
COMMENT ON COLUMN mart.dim_functional_subject.parent_code IS '上级编码';
COMMENT ON COLUMN mart.dim_functional_subject.class_name IS '所属类名称';
COMMENT ON COLUMN mart.dim_functional_subject.lineage_code IS '沿革编码：更名、改列后仍为同一序列';
COMMENT ON COLUMN mart.dim_functional_subject.is_known IS '是否在参考科目表中';
COMMENT ON COLUMN mart.dim_functional_subject.is_printed IS '当年是否有文件印出';
COMMENT ON COLUMN mart.dim_functional_subject.note IS '说明';

CREATE OR REPLACE VIEW mart.dim_economic_subject AS
SELECT fiscal_year, code AS economic_code, scheme, name, level, parent_code, lineage_code, is_known, is_printed, note
FROM core.subject WHERE scheme <> 'functional';
COMMENT ON VIEW mart.dim_economic_subject IS '经济分类科目（部门3字头、政府5字头）：每年每个编码一行';
COMMENT ON COLUMN mart.dim_economic_subject.fiscal_year IS '年度';
COMMENT ON COLUMN mart.dim_economic_subject.economic_code IS '经济分类编码';
COMMENT ON COLUMN mart.dim_economic_subject.scheme IS '体系：departmental_economic 部门，governmental_economic 政府';
COMMENT ON COLUMN mart.dim_economic_subject.name IS '名称';
COMMENT ON COLUMN mart.dim_economic_subject.level IS '级次：1类，2款';
COMMENT ON COLUMN mart.dim_economic_subject.parent_code IS '上级编码';
COMMENT ON COLUMN mart.dim_economic_subject.lineage_code IS '沿革编码：更名、改列后仍为同一序列';
COMMENT ON COLUMN mart.dim_economic_subject.is_known IS '是否在参考科目表中';
COMMENT ON COLUMN mart.dim_economic_subject.is_printed IS '当年是否有文件印出';
COMMENT ON COLUMN mart.dim_economic_subject.note IS '说明';

CREATE OR REPLACE VIEW mart.dim_statement AS
SELECT statement_code, doc_kind, title FROM core.statement_kind;
COMMENT ON VIEW mart.dim_statement IS '报表维度：规范报表，与各地表号无关';
COMMENT ON COLUMN mart.dim_statement.statement_code IS '报表代码';
COMMENT ON COLUMN mart.dim_statement.doc_kind IS '文种：budget 预算，final_accounts 决算';
COMMENT ON COLUMN mart.dim_statement.title IS '规范表名';

CREATE OR REPLACE VIEW mart.dim_line AS
SELECT line_code, name FROM core.line_kind;
COMMENT ON VIEW mart.dim_line IS '行维度：规范行';
COMMENT ON COLUMN mart.dim_line.line_code IS '行代码';
COMMENT ON COLUMN mart.dim_line.name IS '名称';

CREATE OR REPLACE VIEW mart.dim_document AS
SELECT document_id, publication_id, version_no, is_current, superseded_by, unit_id, fiscal_year, doc_kind, scope, content, sha256,
       file_name, source_url, page_url, published_on, first_seen, last_seen, producer, text_layer, status FROM core.document;
COMMENT ON VIEW mart.dim_document IS '文件维度：每个版本一行';
COMMENT ON COLUMN mart.dim_document.document_id IS '文件编号';
COMMENT ON COLUMN mart.dim_document.publication_id IS '公开事项编号';
COMMENT ON COLUMN mart.dim_document.version_no IS '第几个版本';
COMMENT ON COLUMN mart.dim_document.is_current IS '是否现行版本';
COMMENT ON COLUMN mart.dim_document.superseded_by IS '被哪个文件取代';
COMMENT ON COLUMN mart.dim_document.unit_id IS '单位编号';
COMMENT ON COLUMN mart.dim_document.fiscal_year IS '年度';
COMMENT ON COLUMN mart.dim_document.doc_kind IS '文种：budget 预算，final_accounts 决算';
COMMENT ON COLUMN mart.dim_document.scope IS '口径：department 部门（含所属），unit 单位';
COMMENT ON COLUMN mart.dim_document.content IS '内容：full 全文、narrative 说明、tables 表格、performance 绩效、other 其他';
COMMENT ON COLUMN mart.dim_document.sha256 IS '文件哈希';
COMMENT ON COLUMN mart.dim_document.file_name IS '文件名';
COMMENT ON COLUMN mart.dim_document.source_url IS '来源网址';
COMMENT ON COLUMN mart.dim_document.page_url IS '所在网页';
COMMENT ON COLUMN mart.dim_document.published_on IS '公开日期';
COMMENT ON COLUMN mart.dim_document.first_seen IS '首次见到';
COMMENT ON COLUMN mart.dim_document.last_seen IS '最近见到';
COMMENT ON COLUMN mart.dim_document.producer IS 'PDF生成软件';
COMMENT ON COLUMN mart.dim_document.text_layer IS '文字层';
COMMENT ON COLUMN mart.dim_document.status IS '状态：loaded、quarantined、template';

CREATE OR REPLACE VIEW mart.dim_publication AS
SELECT publication.unit_id, unit.unit_name, unit.parent_unit_id, publication.fiscal_year, publication.doc_kind, publication.status,
       publication.expectation, publication.approved_on, publication.due_on, publication.published_on,
       date_diff('day', publication.approved_on, publication.published_on) AS days_from_approval,
       publication.current_document_id, publication.document_count, publication.reason
FROM core.publication AS publication JOIN core.unit AS unit ON unit.unit_id = publication.unit_id AND unit.is_current;
COMMENT ON VIEW mart.dim_publication IS '公开事项：应公开与已公开的（单位、年度、文种）';
COMMENT ON COLUMN mart.dim_publication.unit_id IS '单位编号';
COMMENT ON COLUMN mart.dim_publication.unit_name IS '单位名称';
COMMENT ON COLUMN mart.dim_publication.parent_unit_id IS '主管单位编号';
COMMENT ON COLUMN mart.dim_publication.fiscal_year IS '年度';
COMMENT ON COLUMN mart.dim_publication.doc_kind IS '文种：budget 预算，final_accounts 决算';
COMMENT ON COLUMN mart.dim_publication.status IS '状态：found 已公开，late 逾期公开，missing 未见，not_due 未到期，exempt 免于公开';
COMMENT ON COLUMN mart.dim_publication.expectation IS '依据：registered 登记名册，inferred 同地区多数单位已公开，none 未预期';
COMMENT ON COLUMN mart.dim_publication.approved_on IS '批复日期';
COMMENT ON COLUMN mart.dim_publication.due_on IS '应公开日期';
COMMENT ON COLUMN mart.dim_publication.published_on IS '首次公开日期';
COMMENT ON COLUMN mart.dim_publication.days_from_approval IS '批复至公开的天数';
COMMENT ON COLUMN mart.dim_publication.current_document_id IS '现行文件';
COMMENT ON COLUMN mart.dim_publication.document_count IS '文件数';
COMMENT ON COLUMN mart.dim_publication.reason IS '说明';

CREATE OR REPLACE VIEW mart.dim_rule AS
SELECT rule_id, version, title, family, severity, basis, kind, doc_kind, needs, sentence FROM core.rule;
COMMENT ON VIEW mart.dim_rule IS '规则维度';
COMMENT ON COLUMN mart.dim_rule.rule_id IS '规则编号';
COMMENT ON COLUMN mart.dim_rule.version IS '版本';
COMMENT ON COLUMN mart.dim_rule.title IS '规则名称';
COMMENT ON COLUMN mart.dim_rule.family IS '规则类别';
COMMENT ON COLUMN mart.dim_rule.severity IS '级别：error 差错，warning 疑点，notice 提示';
COMMENT ON COLUMN mart.dim_rule.basis IS '依据';
COMMENT ON COLUMN mart.dim_rule.kind IS '比较方式';
COMMENT ON COLUMN mart.dim_rule.doc_kind IS '文种：budget 预算，final_accounts 决算';
COMMENT ON COLUMN mart.dim_rule.needs IS '所需报表';
COMMENT ON COLUMN mart.dim_rule.sentence IS '规则的文字表述';

CREATE OR REPLACE VIEW mart.fact_amount AS
SELECT amount.amount_id, amount.cell_id, amount.document_id, amount.statement_id, amount.unit_id, amount.fiscal_year, amount.doc_kind,
       amount.scope, document.is_current, amount.statement_code, amount.line_code, amount.measure, amount.functional_code,
       amount.economic_code, amount.fund, amount.stage, amount.item, amount.amount_yuan, amount.half_width_yuan, amount.is_leaf
FROM core.amount AS amount JOIN core.document AS document USING (document_id) WHERE amount.amount_yuan IS NOT NULL;
COMMENT ON VIEW mart.fact_amount IS '事实：印出的金额，每个一行；有重复口径，不可直接加总';
COMMENT ON COLUMN mart.fact_amount.amount_id IS '金额编号';
COMMENT ON COLUMN mart.fact_amount.cell_id IS '单元格编号';
COMMENT ON COLUMN mart.fact_amount.document_id IS '文件编号';
COMMENT ON COLUMN mart.fact_amount.statement_id IS '报表编号';
COMMENT ON COLUMN mart.fact_amount.unit_id IS '单位编号';
COMMENT ON COLUMN mart.fact_amount.fiscal_year IS '年度';
COMMENT ON COLUMN mart.fact_amount.doc_kind IS '文种：budget 预算，final_accounts 决算';
COMMENT ON COLUMN mart.fact_amount.scope IS '口径：department 部门（含所属），unit 单位';
COMMENT ON COLUMN mart.fact_amount.is_current IS '是否现行版本';
COMMENT ON COLUMN mart.fact_amount.statement_code IS '报表代码';
COMMENT ON COLUMN mart.fact_amount.line_code IS '行代码';
COMMENT ON COLUMN mart.fact_amount.measure IS '列代码';
COMMENT ON COLUMN mart.fact_amount.functional_code IS '功能分类编码';
COMMENT ON COLUMN mart.fact_amount.economic_code IS '经济分类编码';
COMMENT ON COLUMN mart.fact_amount.fund IS '资金来源';
COMMENT ON COLUMN mart.fact_amount.stage IS '阶段：final 决算，budget 预算，initial_budget 年初预算，full_year_budget 全年预算等';
COMMENT ON COLUMN mart.fact_amount.item IS '明细键（项目名称等）';
COMMENT ON COLUMN mart.fact_amount.amount_yuan IS '金额（元）';
COMMENT ON COLUMN mart.fact_amount.half_width_yuan IS '印出位数的半宽（元）';
COMMENT ON COLUMN mart.fact_amount.is_leaf IS '同表同列中是否没有更细的行';

CREATE OR REPLACE VIEW mart.fact_claim AS
SELECT claim.claim_id, claim.sentence_id, claim.document_id, claim.unit_id, claim.fiscal_year, claim.doc_kind, claim.scope,
       document.is_current, claim.subject_kind, claim.subject_text, claim.statement_code, claim.line_code, claim.functional_code,
       claim.economic_code, claim.metric, claim.basis, claim.reference_year, claim.value, claim.unit, claim.amount_yuan,
       claim.direction, claim.page
FROM core.claim AS claim JOIN core.document AS document USING (document_id);
COMMENT ON VIEW mart.fact_claim IS '事实：文字说明中的断言，不可加总';
COMMENT ON COLUMN mart.fact_claim.claim_id IS '断言编号';
COMMENT ON COLUMN mart.fact_claim.sentence_id IS '句子编号';
COMMENT ON COLUMN mart.fact_claim.document_id IS '文件编号';
COMMENT ON COLUMN mart.fact_claim.unit_id IS '单位编号';
COMMENT ON COLUMN mart.fact_claim.fiscal_year IS '年度';
COMMENT ON COLUMN mart.fact_claim.doc_kind IS '文种：budget 预算，final_accounts 决算';
COMMENT ON COLUMN mart.fact_claim.scope IS '口径：department 部门（含所属），unit 单位';
COMMENT ON COLUMN mart.fact_claim.is_current IS '是否现行版本';
COMMENT ON COLUMN mart.fact_claim.subject_kind IS '对象类别';
COMMENT ON COLUMN mart.fact_claim.subject_text IS '对象原文';
COMMENT ON COLUMN mart.fact_claim.statement_code IS '报表代码';
COMMENT ON COLUMN mart.fact_claim.line_code IS '行代码';
COMMENT ON COLUMN mart.fact_claim.functional_code IS '功能分类编码';
COMMENT ON COLUMN mart.fact_claim.economic_code IS '经济分类编码';
COMMENT ON COLUMN mart.fact_claim.metric IS '指标';
COMMENT ON COLUMN mart.fact_claim.basis IS '比较基准';
COMMENT ON COLUMN mart.fact_claim.reference_year IS '所指年度';
COMMENT ON COLUMN mart.fact_claim.value IS '印出的数值';
COMMENT ON COLUMN mart.fact_claim.unit IS '单位';
COMMENT ON COLUMN mart.fact_claim.amount_yuan IS '金额（元）';
COMMENT ON COLUMN mart.fact_claim.direction IS '方向';
COMMENT ON COLUMN mart.fact_claim.page IS '页码';

CREATE OR REPLACE VIEW mart.fact_count AS
SELECT amount.amount_id AS count_id, 'table' AS source, amount.cell_id AS evidence_id, amount.document_id, amount.unit_id,
       amount.fiscal_year, amount.doc_kind, amount.scope, document.is_current, amount.line_code, amount.subject_name AS subject_text,
       amount.value AS counted, amount.unit
FROM core.amount AS amount JOIN core.document AS document USING (document_id)
WHERE amount.amount_yuan IS NULL AND amount.measure = 'count'
UNION ALL
SELECT claim.claim_id, 'narrative', claim.sentence_id, claim.document_id, claim.unit_id, claim.fiscal_year, claim.doc_kind,
       claim.scope, document.is_current, claim.line_code, claim.subject_text, claim.value, claim.unit
FROM core.claim AS claim JOIN core.document AS document USING (document_id) WHERE claim.metric = 'count';
COMMENT ON VIEW mart.fact_count IS '事实：数量（车辆、设备、批次、人数、项目），来自表格或文字';
COMMENT ON COLUMN mart.fact_count.count_id IS '数量编号';
COMMENT ON COLUMN mart.fact_count.source IS '来源：table 表格，narrative 文字';
COMMENT ON COLUMN mart.fact_count.evidence_id IS '单元格或句子编号';
COMMENT ON COLUMN mart.fact_count.document_id IS '文件编号';
COMMENT ON COLUMN mart.fact_count.unit_id IS '单位编号';
COMMENT ON COLUMN mart.fact_count.fiscal_year IS '年度';
COMMENT ON COLUMN mart.fact_count.doc_kind IS '文种：budget 预算，final_accounts 决算';
COMMENT ON COLUMN mart.fact_count.scope IS '口径：department 部门（含所属），unit 单位';
COMMENT ON COLUMN mart.fact_count.is_current IS '是否现行版本';
COMMENT ON COLUMN mart.fact_count.line_code IS '行代码';
COMMENT ON COLUMN mart.fact_count.subject_text IS '对象原文';
COMMENT ON COLUMN mart.fact_count.counted IS '数量';
COMMENT ON COLUMN mart.fact_count.unit IS '单位';

CREATE OR REPLACE VIEW mart.fact_performance_project AS
WITH funding AS (
    SELECT statement_id, item,
           max(amount_yuan) FILTER (measure IN ('target_declared', 'initial_budget')) AS initial_budget_yuan,
           max(amount_yuan) FILTER (measure = 'full_year_budget') AS full_year_budget_yuan,
           max(amount_yuan) FILTER (measure = 'executed') AS executed_yuan,
           max(value) FILTER (measure = 'execution_rate') AS printed_execution_rate,
           max(value) FILTER (measure = 'score') AS execution_score
    FROM core.amount WHERE line_code = 'performance.funding' GROUP BY ALL
)
SELECT project.statement_id, project.document_id, document.unit_id, document.unit_name, document.fiscal_year, document.doc_kind,
       document.scope, document.is_current, statement.statement_code, project.project, funding.initial_budget_yuan,
       funding.full_year_budget_yuan, funding.executed_yuan, funding.printed_execution_rate,
       percentage_of(funding.executed_yuan, coalesce(funding.full_year_budget_yuan, funding.initial_budget_yuan)) AS execution_rate,
       funding.execution_score, project.total_score, project.grade, statement.first_page AS page
FROM core.performance_project AS project
JOIN core.document AS document USING (document_id)
LEFT JOIN core.statement AS statement USING (statement_id)
LEFT JOIN funding ON funding.statement_id = project.statement_id AND coalesce(funding.item, '') = coalesce(project.project, '');
COMMENT ON VIEW mart.fact_performance_project IS '事实：绩效自评（或目标）项目，每个项目一行';
COMMENT ON COLUMN mart.fact_performance_project.statement_id IS '报表编号';
COMMENT ON COLUMN mart.fact_performance_project.document_id IS '文件编号';
COMMENT ON COLUMN mart.fact_performance_project.unit_id IS '单位编号';
COMMENT ON COLUMN mart.fact_performance_project.unit_name IS '单位名称';
COMMENT ON COLUMN mart.fact_performance_project.fiscal_year IS '年度';
COMMENT ON COLUMN mart.fact_performance_project.doc_kind IS '文种：budget 预算，final_accounts 决算';
COMMENT ON COLUMN mart.fact_performance_project.scope IS '口径：department 部门（含所属），unit 单位';
COMMENT ON COLUMN mart.fact_performance_project.is_current IS '是否现行版本';
COMMENT ON COLUMN mart.fact_performance_project.statement_code IS '报表代码';
COMMENT ON COLUMN mart.fact_performance_project.project IS '项目名称';
COMMENT ON COLUMN mart.fact_performance_project.initial_budget_yuan IS '年初预算数（元）';
COMMENT ON COLUMN mart.fact_performance_project.full_year_budget_yuan IS '全年预算数（元）';
COMMENT ON COLUMN mart.fact_performance_project.executed_yuan IS '全年执行数（元）';
COMMENT ON COLUMN mart.fact_performance_project.printed_execution_rate IS '印出的执行率（%）';
COMMENT ON COLUMN mart.fact_performance_project.execution_rate IS '由执行数与预算数计算的执行率（%）';
COMMENT ON COLUMN mart.fact_performance_project.execution_score IS '执行率得分';
COMMENT ON COLUMN mart.fact_performance_project.total_score IS '自评总分';
COMMENT ON COLUMN mart.fact_performance_project.grade IS '自评等级（印出）';
COMMENT ON COLUMN mart.fact_performance_project.page IS '起始页';

CREATE OR REPLACE VIEW mart.fact_performance_indicator AS
SELECT indicator.statement_id, indicator.document_id, document.unit_id, document.fiscal_year, document.is_current, indicator.project,
       indicator.row_no, indicator.level_one, indicator.level_two, indicator.level_three, indicator.target, indicator.adjusted_target,
       indicator.actual, indicator.weight, indicator.score, indicator.deviation_reason
FROM core.performance_indicator AS indicator JOIN core.document AS document USING (document_id);
COMMENT ON VIEW mart.fact_performance_indicator IS '事实：绩效指标，每行一个';
COMMENT ON COLUMN mart.fact_performance_indicator.statement_id IS '报表编号';
COMMENT ON COLUMN mart.fact_performance_indicator.document_id IS '文件编号';
COMMENT ON COLUMN mart.fact_performance_indicator.unit_id IS '单位编号';
COMMENT ON COLUMN mart.fact_performance_indicator.fiscal_year IS '年度';
COMMENT ON COLUMN mart.fact_performance_indicator.is_current IS '是否现行版本';
COMMENT ON COLUMN mart.fact_performance_indicator.project IS '项目名称';
COMMENT ON COLUMN mart.fact_performance_indicator.row_no IS '行号';
COMMENT ON COLUMN mart.fact_performance_indicator.level_one IS '一级指标';
COMMENT ON COLUMN mart.fact_performance_indicator.level_two IS '二级指标';
COMMENT ON COLUMN mart.fact_performance_indicator.level_three IS '三级指标';
COMMENT ON COLUMN mart.fact_performance_indicator.target IS '年度指标值';
COMMENT ON COLUMN mart.fact_performance_indicator.adjusted_target IS '调整后指标值';
COMMENT ON COLUMN mart.fact_performance_indicator.actual IS '实际完成值';
COMMENT ON COLUMN mart.fact_performance_indicator.weight IS '分值';
COMMENT ON COLUMN mart.fact_performance_indicator.score IS '得分';
COMMENT ON COLUMN mart.fact_performance_indicator.deviation_reason IS '偏差原因';

CREATE OR REPLACE VIEW mart.fact_outcome AS
SELECT outcome.outcome_id, outcome.rule_id, rule.family, rule.severity, outcome.document_id, document.unit_id, document.fiscal_year,
       document.doc_kind, outcome.subject, outcome.verdict, outcome.actual, outcome.expected, outcome.residual, outcome.tolerance,
       outcome.reason
FROM core.outcome AS outcome
LEFT JOIN core.rule AS rule USING (rule_id)
LEFT JOIN core.document AS document ON document.document_id = outcome.document_id;
COMMENT ON VIEW mart.fact_outcome IS '事实：核对结果，每条规则每个对象一行，含通过与未评估';
COMMENT ON COLUMN mart.fact_outcome.outcome_id IS '核对结果编号';
COMMENT ON COLUMN mart.fact_outcome.rule_id IS '规则编号';
COMMENT ON COLUMN mart.fact_outcome.family IS '规则类别';
COMMENT ON COLUMN mart.fact_outcome.severity IS '级别';
COMMENT ON COLUMN mart.fact_outcome.document_id IS '文件编号';
COMMENT ON COLUMN mart.fact_outcome.unit_id IS '单位编号';
COMMENT ON COLUMN mart.fact_outcome.fiscal_year IS '年度';
COMMENT ON COLUMN mart.fact_outcome.doc_kind IS '文种：budget 预算，final_accounts 决算';
COMMENT ON COLUMN mart.fact_outcome.subject IS '核对对象';
COMMENT ON COLUMN mart.fact_outcome.verdict IS '结论';
COMMENT ON COLUMN mart.fact_outcome.actual IS '实际值';
COMMENT ON COLUMN mart.fact_outcome.expected IS '应有值';
COMMENT ON COLUMN mart.fact_outcome.residual IS '差额';
COMMENT ON COLUMN mart.fact_outcome.tolerance IS '容许差';
COMMENT ON COLUMN mart.fact_outcome.reason IS '原因';

CREATE OR REPLACE VIEW mart.fact_finding AS
SELECT finding_id, outcome_id, rule_id, family, severity, unit_id, fiscal_year, doc_kind, scope, document_id, subject, amount_yuan,
       diagnosis_code, status, first_seen, last_seen FROM core.finding;
COMMENT ON VIEW mart.fact_finding IS '事实：问题，每个根因一行';
COMMENT ON COLUMN mart.fact_finding.finding_id IS '问题编号';
COMMENT ON COLUMN mart.fact_finding.outcome_id IS '主要核对结果编号';
COMMENT ON COLUMN mart.fact_finding.rule_id IS '规则编号';
COMMENT ON COLUMN mart.fact_finding.family IS '规则类别';
COMMENT ON COLUMN mart.fact_finding.severity IS '级别';
COMMENT ON COLUMN mart.fact_finding.unit_id IS '单位编号';
COMMENT ON COLUMN mart.fact_finding.fiscal_year IS '年度';
COMMENT ON COLUMN mart.fact_finding.doc_kind IS '文种：budget 预算，final_accounts 决算';
COMMENT ON COLUMN mart.fact_finding.scope IS '口径：department 部门（含所属），unit 单位';
COMMENT ON COLUMN mart.fact_finding.document_id IS '文件编号';
COMMENT ON COLUMN mart.fact_finding.subject IS '核对对象';
COMMENT ON COLUMN mart.fact_finding.amount_yuan IS '涉及金额（元）';
COMMENT ON COLUMN mart.fact_finding.diagnosis_code IS '可能原因代码';
COMMENT ON COLUMN mart.fact_finding.status IS '状态';
COMMENT ON COLUMN mart.fact_finding.first_seen IS '首次发现';
COMMENT ON COLUMN mart.fact_finding.last_seen IS '最近发现';

CREATE OR REPLACE VIEW mart.leaf_expenditure AS
WITH counted_document AS (
    -- One disclosure for each body's money: the department's where it is there, else each unit's own.
    SELECT document.* FROM core.document AS document
    WHERE document.is_current AND document.unit_id IS NOT NULL
      AND (document.scope = 'department' OR NOT EXISTS (
          FROM core.document AS whole JOIN core.unit AS unit ON unit.unit_id = document.unit_id AND unit.is_current
          WHERE whole.is_current AND whole.scope = 'department' AND whole.content IN ('full', 'tables')
            AND whole.fiscal_year = document.fiscal_year AND whole.doc_kind = document.doc_kind
            AND whole.unit_id IN (unit.unit_id, unit.parent_unit_id)))
), one_statement AS (
    SELECT document_id, min(statement_no) AS statement_no FROM core.statement
    WHERE statement_code IN ('T03', 'BT03') AND status = 'filled' GROUP BY document_id
)
SELECT document.unit_id, document.unit_name, document.fiscal_year, document.doc_kind, document.scope, amount.functional_code,
       any_value(amount.subject_name) AS subject_name,
       sum(amount.amount_yuan) FILTER (amount.measure = 'total') AS total_yuan,
       sum(amount.amount_yuan) FILTER (amount.measure = 'basic') AS basic_yuan,
       sum(amount.amount_yuan) FILTER (amount.measure = 'project') AS project_yuan,
       sum(amount.half_width_yuan) FILTER (amount.measure = 'total') AS half_width_yuan,
       min(amount.cell_id) FILTER (amount.measure = 'total') AS cell_id,
       document.document_id, any_value(amount.statement_code) AS statement_code
FROM core.amount AS amount
JOIN one_statement USING (document_id, statement_no)
JOIN counted_document AS document USING (document_id)
WHERE amount.is_leaf AND amount.functional_code IS NOT NULL AND amount.amount_yuan IS NOT NULL
GROUP BY ALL;
COMMENT ON VIEW mart.leaf_expenditure IS '支出（不重复）：支出决算（预算）表中最细的功能分类行，同一笔钱只出现一次，可加总';
COMMENT ON COLUMN mart.leaf_expenditure.unit_id IS '单位编号';
COMMENT ON COLUMN mart.leaf_expenditure.unit_name IS '单位名称';
COMMENT ON COLUMN mart.leaf_expenditure.fiscal_year IS '年度';
COMMENT ON COLUMN mart.leaf_expenditure.doc_kind IS '文种：budget 预算，final_accounts 决算';
COMMENT ON COLUMN mart.leaf_expenditure.scope IS '口径：department 部门（含所属），unit 单位';
COMMENT ON COLUMN mart.leaf_expenditure.functional_code IS '功能分类编码';
COMMENT ON COLUMN mart.leaf_expenditure.subject_name IS '行名称（原文）';
COMMENT ON COLUMN mart.leaf_expenditure.total_yuan IS '合计（元）';
COMMENT ON COLUMN mart.leaf_expenditure.basic_yuan IS '基本支出（元）';
COMMENT ON COLUMN mart.leaf_expenditure.project_yuan IS '项目支出（元）';
COMMENT ON COLUMN mart.leaf_expenditure.half_width_yuan IS '印出位数的半宽（元）';
COMMENT ON COLUMN mart.leaf_expenditure.cell_id IS '单元格编号';
COMMENT ON COLUMN mart.leaf_expenditure.document_id IS '文件编号';
COMMENT ON COLUMN mart.leaf_expenditure.statement_code IS '报表代码';

CREATE OR REPLACE VIEW mart.leaf_revenue AS
WITH counted_document AS (
    -- One disclosure for each body's money: the department's where it is there, else each unit's own.
    SELECT document.* FROM core.document AS document
    WHERE document.is_current AND document.unit_id IS NOT NULL
      AND (document.scope = 'department' OR NOT EXISTS (
          FROM core.document AS whole JOIN core.unit AS unit ON unit.unit_id = document.unit_id AND unit.is_current
          WHERE whole.is_current AND whole.scope = 'department' AND whole.content IN ('full', 'tables')
            AND whole.fiscal_year = document.fiscal_year AND whole.doc_kind = document.doc_kind
            AND whole.unit_id IN (unit.unit_id, unit.parent_unit_id)))
), one_statement AS (
    SELECT document_id, min(statement_no) AS statement_no FROM core.statement
    WHERE statement_code IN ('T01', 'BT01') AND status = 'filled' GROUP BY document_id
)
SELECT document.unit_id, document.unit_name, document.fiscal_year, document.doc_kind, document.scope, amount.line_code,
       sum(amount.amount_yuan) AS amount_yuan, sum(amount.half_width_yuan) AS half_width_yuan, min(amount.cell_id) AS cell_id,
       document.document_id, any_value(amount.statement_code) AS statement_code
FROM core.amount AS amount
JOIN one_statement USING (document_id, statement_no)
JOIN counted_document AS document USING (document_id)
WHERE amount.is_leaf AND amount.line_code LIKE 'revenue.%' AND amount.line_code NOT IN ('revenue.subtotal', 'revenue.total')
  AND amount.amount_yuan IS NOT NULL AND amount.stage IN ('final', 'budget')
GROUP BY ALL;
COMMENT ON VIEW mart.leaf_revenue IS '收入（不重复）：收支总表中最细的收入来源行，同一笔钱只出现一次，可加总';
COMMENT ON COLUMN mart.leaf_revenue.unit_id IS '单位编号';
COMMENT ON COLUMN mart.leaf_revenue.unit_name IS '单位名称';
COMMENT ON COLUMN mart.leaf_revenue.fiscal_year IS '年度';
COMMENT ON COLUMN mart.leaf_revenue.doc_kind IS '文种：budget 预算，final_accounts 决算';
COMMENT ON COLUMN mart.leaf_revenue.scope IS '口径：department 部门（含所属），unit 单位';
COMMENT ON COLUMN mart.leaf_revenue.line_code IS '行代码';
COMMENT ON COLUMN mart.leaf_revenue.amount_yuan IS '金额（元）';
COMMENT ON COLUMN mart.leaf_revenue.half_width_yuan IS '印出位数的半宽（元）';
COMMENT ON COLUMN mart.leaf_revenue.cell_id IS '单元格编号';
COMMENT ON COLUMN mart.leaf_revenue.document_id IS '文件编号';
COMMENT ON COLUMN mart.leaf_revenue.statement_code IS '报表代码';

CREATE OR REPLACE VIEW mart.leaf_economic AS
WITH counted_document AS (
    -- One disclosure for each body's money: the department's where it is there, else each unit's own.
    SELECT document.* FROM core.document AS document
    WHERE document.is_current AND document.unit_id IS NOT NULL
      AND (document.scope = 'department' OR NOT EXISTS (
          FROM core.document AS whole JOIN core.unit AS unit ON unit.unit_id = document.unit_id AND unit.is_current
          WHERE whole.is_current AND whole.scope = 'department' AND whole.content IN ('full', 'tables')
            AND whole.fiscal_year = document.fiscal_year AND whole.doc_kind = document.doc_kind
            AND whole.unit_id IN (unit.unit_id, unit.parent_unit_id)))
), one_statement AS (
    SELECT document_id, min(statement_no) AS statement_no FROM core.statement
    WHERE statement_code IN ('T06', 'BT08') AND status = 'filled' GROUP BY document_id
)
SELECT document.unit_id, document.unit_name, document.fiscal_year, document.doc_kind, document.scope, amount.economic_code,
       any_value(amount.subject_name) AS subject_name, sum(amount.amount_yuan) AS total_yuan,
       sum(amount.half_width_yuan) AS half_width_yuan, min(amount.cell_id) AS cell_id, document.document_id,
       any_value(amount.statement_code) AS statement_code
FROM core.amount AS amount
JOIN one_statement USING (document_id, statement_no)
JOIN counted_document AS document USING (document_id)
WHERE amount.is_leaf AND amount.economic_code IS NOT NULL AND amount.measure = 'total' AND amount.amount_yuan IS NOT NULL
GROUP BY ALL;
COMMENT ON VIEW mart.leaf_economic IS '一般公共预算基本支出（不重复）：按部门经济分类最细行，可加总';
COMMENT ON COLUMN mart.leaf_economic.unit_id IS '单位编号';
COMMENT ON COLUMN mart.leaf_economic.unit_name IS '单位名称';
COMMENT ON COLUMN mart.leaf_economic.fiscal_year IS '年度';
COMMENT ON COLUMN mart.leaf_economic.doc_kind IS '文种：budget 预算，final_accounts 决算';
COMMENT ON COLUMN mart.leaf_economic.scope IS '口径：department 部门（含所属），unit 单位';
COMMENT ON COLUMN mart.leaf_economic.economic_code IS '经济分类编码';
COMMENT ON COLUMN mart.leaf_economic.subject_name IS '行名称（原文）';
COMMENT ON COLUMN mart.leaf_economic.total_yuan IS '合计（元）';
COMMENT ON COLUMN mart.leaf_economic.half_width_yuan IS '印出位数的半宽（元）';
COMMENT ON COLUMN mart.leaf_economic.cell_id IS '单元格编号';
COMMENT ON COLUMN mart.leaf_economic.document_id IS '文件编号';
COMMENT ON COLUMN mart.leaf_economic.statement_code IS '报表代码';

CREATE OR REPLACE VIEW mart.leaf_three_public AS
WITH counted_document AS (
    -- One disclosure for each body's money: the department's where it is there, else each unit's own.
    SELECT document.* FROM core.document AS document
    WHERE document.is_current AND document.unit_id IS NOT NULL
      AND (document.scope = 'department' OR NOT EXISTS (
          FROM core.document AS whole JOIN core.unit AS unit ON unit.unit_id = document.unit_id AND unit.is_current
          WHERE whole.is_current AND whole.scope = 'department' AND whole.content IN ('full', 'tables')
            AND whole.fiscal_year = document.fiscal_year AND whole.doc_kind = document.doc_kind
            AND whole.unit_id IN (unit.unit_id, unit.parent_unit_id)))
), one_statement AS (
    SELECT document_id, min(statement_no) AS statement_no FROM core.statement
    WHERE statement_code IN ('T07', 'BT09') AND status = 'filled' GROUP BY document_id
)
SELECT document.unit_id, document.unit_name, document.fiscal_year, document.doc_kind, document.scope, amount.line_code, amount.stage,
       max(amount.amount_yuan) AS amount_yuan, max(amount.half_width_yuan) AS half_width_yuan, min(amount.cell_id) AS cell_id,
       document.document_id, any_value(amount.statement_code) AS statement_code
FROM core.amount AS amount
JOIN one_statement USING (document_id, statement_no)
JOIN counted_document AS document USING (document_id)
WHERE amount.line_code IN ('three_public.overseas_visits', 'three_public.vehicle_purchase', 'three_public.vehicle_operation',
                           'three_public.hospitality')
  AND amount.amount_yuan IS NOT NULL
GROUP BY ALL;
COMMENT ON VIEW mart.leaf_three_public IS '“三公”经费（不重复）：出国（境）、购车、运维、接待四项，可加总';
COMMENT ON COLUMN mart.leaf_three_public.unit_id IS '单位编号';
COMMENT ON COLUMN mart.leaf_three_public.unit_name IS '单位名称';
COMMENT ON COLUMN mart.leaf_three_public.fiscal_year IS '年度';
COMMENT ON COLUMN mart.leaf_three_public.doc_kind IS '文种：budget 预算，final_accounts 决算';
COMMENT ON COLUMN mart.leaf_three_public.scope IS '口径：department 部门（含所属），unit 单位';
COMMENT ON COLUMN mart.leaf_three_public.line_code IS '行代码';
COMMENT ON COLUMN mart.leaf_three_public.stage IS '阶段：final 决算，budget 预算，initial_budget 年初预算，full_year_budget 全年预算等';
COMMENT ON COLUMN mart.leaf_three_public.amount_yuan IS '金额（元）';
COMMENT ON COLUMN mart.leaf_three_public.half_width_yuan IS '印出位数的半宽（元）';
COMMENT ON COLUMN mart.leaf_three_public.cell_id IS '单元格编号';
COMMENT ON COLUMN mart.leaf_three_public.document_id IS '文件编号';
COMMENT ON COLUMN mart.leaf_three_public.statement_code IS '报表代码';

CREATE OR REPLACE VIEW mart.stated_amount AS
SELECT document_id, statement_id, statement_code, line_code, measure, coalesce(functional_code, '') AS functional_code,
       coalesce(economic_code, '') AS economic_code, stage, item, fund, subject_name, amount_yuan, half_width_yuan, cell_id
FROM core.amount
WHERE amount_yuan IS NOT NULL AND statement_code IS NOT NULL AND line_code IS NOT NULL
QUALIFY row_number() OVER (
    PARTITION BY document_id, statement_code, line_code, measure, functional_code, economic_code, stage, item
    ORDER BY list_position(['all', 'fiscal_appropriation', 'general_public_budget'], fund) NULLS LAST, statement_no, row_no, column_no
) = 1;
COMMENT ON VIEW mart.stated_amount IS '印出的数：每个文件每张表每行每列一个（资金来源取最宽的一列），用于同一行跨文件、跨年度比较';
COMMENT ON COLUMN mart.stated_amount.document_id IS '文件编号';
COMMENT ON COLUMN mart.stated_amount.statement_id IS '报表编号';
COMMENT ON COLUMN mart.stated_amount.statement_code IS '报表代码';
COMMENT ON COLUMN mart.stated_amount.line_code IS '行代码';
COMMENT ON COLUMN mart.stated_amount.measure IS '列代码';
COMMENT ON COLUMN mart.stated_amount.functional_code IS '功能分类编码，无则空串';
COMMENT ON COLUMN mart.stated_amount.economic_code IS '经济分类编码，无则空串';
COMMENT ON COLUMN mart.stated_amount.stage IS '阶段：final 决算，budget 预算，initial_budget 年初预算，full_year_budget 全年预算等';
COMMENT ON COLUMN mart.stated_amount.item IS '明细键（项目名称等）';
COMMENT ON COLUMN mart.stated_amount.fund IS '取自哪一资金来源';
COMMENT ON COLUMN mart.stated_amount.subject_name IS '行名称（原文）';
COMMENT ON COLUMN mart.stated_amount.amount_yuan IS '金额（元）';
COMMENT ON COLUMN mart.stated_amount.half_width_yuan IS '印出位数的半宽（元）';
COMMENT ON COLUMN mart.stated_amount.cell_id IS '单元格编号';

CREATE OR REPLACE VIEW mart.leaf_reconciliation AS
WITH summed AS (
    SELECT document_id, sum(total_yuan) AS leaf_yuan, sum(half_width_yuan) AS half_width_yuan FROM mart.leaf_expenditure GROUP BY 1
), printed AS (
    SELECT document_id, arg_min(amount_yuan, statement_no) AS printed_yuan, arg_min(half_width_yuan, statement_no) AS half_width_yuan,
           arg_min(cell_id, statement_no) AS cell_id
    FROM core.amount
    WHERE statement_code IN ('T03', 'BT03') AND line_code = 'functional.total' AND measure = 'total' GROUP BY 1
)
SELECT document.document_id, document.unit_id, document.unit_name, document.fiscal_year, document.doc_kind, document.scope,
       summed.leaf_yuan, printed.printed_yuan, summed.leaf_yuan - printed.printed_yuan AS difference_yuan,
       summed.half_width_yuan + printed.half_width_yuan AS half_width_yuan,
       (judge_sum(printed.printed_yuan, printed.half_width_yuan, summed.leaf_yuan, summed.half_width_yuan, 1)).verdict AS verdict,
       printed.cell_id
FROM summed JOIN core.document AS document USING (document_id) LEFT JOIN printed USING (document_id);
COMMENT ON VIEW mart.leaf_reconciliation IS '核对：不重复支出之和与印出的合计；差额超过半宽者说明有行未识别，引用合计前应查看';
COMMENT ON COLUMN mart.leaf_reconciliation.document_id IS '文件编号';
COMMENT ON COLUMN mart.leaf_reconciliation.unit_id IS '单位编号';
COMMENT ON COLUMN mart.leaf_reconciliation.unit_name IS '单位名称';
COMMENT ON COLUMN mart.leaf_reconciliation.fiscal_year IS '年度';
COMMENT ON COLUMN mart.leaf_reconciliation.doc_kind IS '文种：budget 预算，final_accounts 决算';
COMMENT ON COLUMN mart.leaf_reconciliation.scope IS '口径：department 部门（含所属），unit 单位';
COMMENT ON COLUMN mart.leaf_reconciliation.leaf_yuan IS '不重复支出之和（元）';
COMMENT ON COLUMN mart.leaf_reconciliation.printed_yuan IS '印出的合计（元）';
COMMENT ON COLUMN mart.leaf_reconciliation.difference_yuan IS '差额（元）';
COMMENT ON COLUMN mart.leaf_reconciliation.half_width_yuan IS '容许差（元）';
COMMENT ON COLUMN mart.leaf_reconciliation.verdict IS '结论：exact 一致，rounded 尾差内一致，violated 不符，空为未印合计';
COMMENT ON COLUMN mart.leaf_reconciliation.cell_id IS '合计所在单元格';

CREATE OR REPLACE VIEW mart.publication_coverage AS
SELECT fiscal_year, doc_kind, count(*) FILTER (status <> 'exempt') AS expected_count,
       count(*) FILTER (status IN ('found', 'late')) AS found_count, count(*) FILTER (status = 'late') AS late_count,
       count(*) FILTER (status = 'missing') AS missing_count, count(*) FILTER (status = 'exempt') AS exempt_count
FROM core.publication GROUP BY ALL;
COMMENT ON VIEW mart.publication_coverage IS '公开覆盖：每个年度、文种应公开、已公开、逾期、未见的单位数；引用合计时应同时给出';
COMMENT ON COLUMN mart.publication_coverage.fiscal_year IS '年度';
COMMENT ON COLUMN mart.publication_coverage.doc_kind IS '文种：budget 预算，final_accounts 决算';
COMMENT ON COLUMN mart.publication_coverage.expected_count IS '应公开单位数（含未预期但已公开的）';
COMMENT ON COLUMN mart.publication_coverage.found_count IS '已公开';
COMMENT ON COLUMN mart.publication_coverage.late_count IS '其中逾期';
COMMENT ON COLUMN mart.publication_coverage.missing_count IS '未见';
COMMENT ON COLUMN mart.publication_coverage.exempt_count IS '免于公开';

CREATE OR REPLACE VIEW mart.version_change AS
WITH version AS (
    SELECT document_id AS old_document_id, superseded_by AS new_document_id FROM core.document WHERE superseded_by IS NOT NULL
), numbered AS (
    SELECT *, row_number() OVER (PARTITION BY document_id, statement_code, line_code, measure, functional_code, economic_code, fund,
                                 stage, item ORDER BY table_no, row_no, column_no) AS occurrence
    FROM core.amount WHERE statement_code IS NOT NULL
), old AS (
    SELECT version.*, numbered.* FROM version JOIN numbered ON numbered.document_id = version.old_document_id
), new AS (
    SELECT version.*, numbered.* FROM version JOIN numbered ON numbered.document_id = version.new_document_id
)
SELECT coalesce(old.old_document_id, new.old_document_id) AS old_document_id,
       coalesce(old.new_document_id, new.new_document_id) AS new_document_id,
       coalesce(new.unit_id, old.unit_id) AS unit_id, coalesce(new.unit_name, old.unit_name) AS unit_name,
       coalesce(new.fiscal_year, old.fiscal_year) AS fiscal_year, coalesce(new.doc_kind, old.doc_kind) AS doc_kind,
       coalesce(new.statement_code, old.statement_code) AS statement_code, coalesce(new.line_code, old.line_code) AS line_code,
       coalesce(new.measure, old.measure) AS measure, coalesce(new.functional_code, old.functional_code) AS functional_code,
       coalesce(new.economic_code, old.economic_code) AS economic_code, coalesce(new.fund, old.fund) AS fund,
       coalesce(new.stage, old.stage) AS stage, coalesce(new.item, old.item) AS item,
       CASE WHEN old.amount_id IS NULL THEN 'added' WHEN new.amount_id IS NULL THEN 'removed' ELSE 'changed' END AS change,
       coalesce(old.amount_yuan, old.value) AS old_value, coalesce(new.amount_yuan, new.value) AS new_value,
       old.cell_id AS old_cell_id, new.cell_id AS new_cell_id
FROM old FULL JOIN new ON old.old_document_id = new.old_document_id AND old.statement_code = new.statement_code
    AND old.line_code IS NOT DISTINCT FROM new.line_code AND old.measure IS NOT DISTINCT FROM new.measure
    AND old.functional_code IS NOT DISTINCT FROM new.functional_code AND old.economic_code IS NOT DISTINCT FROM new.economic_code
    AND old.fund IS NOT DISTINCT FROM new.fund AND old.stage IS NOT DISTINCT FROM new.stage
    AND old.item IS NOT DISTINCT FROM new.item AND old.occurrence = new.occurrence
WHERE coalesce(old.amount_yuan, old.value) IS DISTINCT FROM coalesce(new.amount_yuan, new.value);
COMMENT ON VIEW mart.version_change IS '版本差异：同一公开事项前后两个版本之间变化的金额';
COMMENT ON COLUMN mart.version_change.old_document_id IS '旧版文件';
COMMENT ON COLUMN mart.version_change.new_document_id IS '新版文件';
COMMENT ON COLUMN mart.version_change.unit_id IS '单位编号';
COMMENT ON COLUMN mart.version_change.unit_name IS '单位名称';
COMMENT ON COLUMN mart.version_change.fiscal_year IS '年度';
COMMENT ON COLUMN mart.version_change.doc_kind IS '文种：budget 预算，final_accounts 决算';
COMMENT ON COLUMN mart.version_change.statement_code IS '报表代码';
COMMENT ON COLUMN mart.version_change.line_code IS '行代码';
COMMENT ON COLUMN mart.version_change.measure IS '列代码';
COMMENT ON COLUMN mart.version_change.functional_code IS '功能分类编码';
COMMENT ON COLUMN mart.version_change.economic_code IS '经济分类编码';
COMMENT ON COLUMN mart.version_change.fund IS '资金来源';
COMMENT ON COLUMN mart.version_change.stage IS '阶段：final 决算，budget 预算，initial_budget 年初预算，full_year_budget 全年预算等';
COMMENT ON COLUMN mart.version_change.item IS '明细键（项目名称等）';
COMMENT ON COLUMN mart.version_change.change IS '变化：added 新增，removed 删去，changed 改动';
COMMENT ON COLUMN mart.version_change.old_value IS '旧值（金额为元）';
COMMENT ON COLUMN mart.version_change.new_value IS '新值（金额为元）';
COMMENT ON COLUMN mart.version_change.old_cell_id IS '旧单元格';
COMMENT ON COLUMN mart.version_change.new_cell_id IS '新单元格';

CREATE OR REPLACE VIEW mart.unit_name_unmatched AS
SELECT alias.printed_name, alias.unit_id, proposal.unit_name AS proposed_name, proposal.unit_id AS proposed_unit_id,
       round(proposal.similarity, 3) AS similarity
FROM core.unit_alias AS alias
LEFT JOIN LATERAL (
    SELECT unit.unit_name, unit.unit_id, jaro_winkler_similarity(alias.unit_name, unit.unit_name) AS similarity
    FROM core.unit AS unit WHERE unit.is_registered AND unit.is_current
    ORDER BY similarity DESC, unit.unit_name LIMIT 3
) AS proposal ON proposal.similarity >= 0.8
WHERE alias.matched_by = 'document' AND EXISTS (FROM core.unit WHERE is_registered);
COMMENT ON VIEW mart.unit_name_unmatched IS '未在登记名册中的单位名称，附最相近的登记单位（仅供参考，确认后写入别名）';
COMMENT ON COLUMN mart.unit_name_unmatched.printed_name IS '印出的名称';
COMMENT ON COLUMN mart.unit_name_unmatched.unit_id IS '单位编号';
COMMENT ON COLUMN mart.unit_name_unmatched.proposed_name IS '相近的登记单位';
COMMENT ON COLUMN mart.unit_name_unmatched.proposed_unit_id IS '相近登记单位的编号';
COMMENT ON COLUMN mart.unit_name_unmatched.similarity IS '相近程度（0到1）';

CREATE OR REPLACE VIEW mart.unknown_subject AS
SELECT scheme, code, fiscal_year, name, level, parent_code FROM core.subject WHERE is_printed AND NOT is_known;
COMMENT ON VIEW mart.unknown_subject IS '参考科目表中没有、但文件印出的科目编码';
COMMENT ON COLUMN mart.unknown_subject.scheme IS '体系';
COMMENT ON COLUMN mart.unknown_subject.code IS '编码';
COMMENT ON COLUMN mart.unknown_subject.fiscal_year IS '年度';
COMMENT ON COLUMN mart.unknown_subject.name IS '印出的名称';
COMMENT ON COLUMN mart.unknown_subject.level IS '级次：1类，2款，3项';
COMMENT ON COLUMN mart.unknown_subject.parent_code IS '上级编码';

CREATE OR REPLACE VIEW mart.constraint_check AS
SELECT name, description, violation_count FROM core.constraint_check;
COMMENT ON VIEW mart.constraint_check IS '数据仓库自检：每项约束与违反的行数';
COMMENT ON COLUMN mart.constraint_check.name IS '约束名';
COMMENT ON COLUMN mart.constraint_check.description IS '说明';
COMMENT ON COLUMN mart.constraint_check.violation_count IS '违反的行数，应为零';
