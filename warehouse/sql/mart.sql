-- The analysts' contract: views of schema mart. Columns may be added at the end, never renamed or moved.
-- Table and column comments are Chinese because analysts and officials read them.

CREATE SCHEMA IF NOT EXISTS mart;

CREATE OR REPLACE VIEW mart.document AS
SELECT document_id, sha256, file_name, source_url, unit_name, department_name, fiscal_year, doc_kind, scope, page_count,
       text_layer, status, status_reason, published_on, is_current,
       unit_id, content, reason_code, publication_id, version_no, superseded_by, is_consolidated, is_identified, page_url, place,
       first_seen, sighting_count, disclosure_id, completed_by
FROM core.document;
COMMENT ON VIEW mart.document IS '公开文件：每个入库文件一行，无论是否读取成功';
COMMENT ON COLUMN mart.document.document_id IS '文件编号：文件内容哈希的前16位';
COMMENT ON COLUMN mart.document.sha256 IS '文件内容的SHA-256';
COMMENT ON COLUMN mart.document.file_name IS '文件名';
COMMENT ON COLUMN mart.document.source_url IS '最近一次见到该文件的网址或路径';
COMMENT ON COLUMN mart.document.unit_name IS '单位名称（归并后的规范名称）';
COMMENT ON COLUMN mart.document.department_name IS '主管部门名称';
COMMENT ON COLUMN mart.document.fiscal_year IS '预算或决算年度';
COMMENT ON COLUMN mart.document.doc_kind IS '文种：budget 预算，final_accounts 决算';
COMMENT ON COLUMN mart.document.scope IS '口径：department 部门（含所属），unit 单位本级';
COMMENT ON COLUMN mart.document.page_count IS '页数';
COMMENT ON COLUMN mart.document.text_layer IS '文字层：digital 数字、mixed 混合、scanned 扫描、unusable 不可用、none 无';
COMMENT ON COLUMN mart.document.status IS '状态：loaded 已入库，quarantined 已隔离，template 空白模板';
COMMENT ON COLUMN mart.document.status_reason IS '未入库的原因';
COMMENT ON COLUMN mart.document.published_on IS '公开日期（网页所示）';
COMMENT ON COLUMN mart.document.is_current IS '是否为该公开事项的现行版本';
COMMENT ON COLUMN mart.document.unit_id IS '单位编号';
COMMENT ON COLUMN mart.document.content IS '内容：full 全文、narrative 说明、tables 表格、performance 绩效、other 其他';
COMMENT ON COLUMN mart.document.reason_code IS '原因代码';
COMMENT ON COLUMN mart.document.publication_id IS '公开事项编号（单位、年度、文种、口径、内容）';
COMMENT ON COLUMN mart.document.version_no IS '第几个版本，1为最早';
COMMENT ON COLUMN mart.document.superseded_by IS '被哪个文件取代';
COMMENT ON COLUMN mart.document.is_consolidated IS '是否一个文件含多个单位的报表';
COMMENT ON COLUMN mart.document.is_identified IS '单位、年度、文种是否均已识别';
COMMENT ON COLUMN mart.document.page_url IS '所在网页';
COMMENT ON COLUMN mart.document.place IS '来源名称';
COMMENT ON COLUMN mart.document.first_seen IS '首次见到的日期';
COMMENT ON COLUMN mart.document.sighting_count IS '见到的次数';
COMMENT ON COLUMN mart.document.disclosure_id IS '与哪个文件合并核对（说明与报表分开公开时为报表的文件编号，否则为自身）';
COMMENT ON COLUMN mart.document.completed_by IS '年度或口径取自同一公开事项的哪个文件；空为本文件自印';

CREATE OR REPLACE VIEW mart.statement AS
SELECT statement_id, document_id, statement_code, title, first_page, last_page, money_unit, status,
       status_reason, statement_no, table_no, is_money_unit_inferred, printed_year, printed_unit_name
FROM core.statement;
COMMENT ON VIEW mart.statement IS '报表：每个文件中识别出的每张表一行，未识别的表也在内';
COMMENT ON COLUMN mart.statement.statement_id IS '报表编号';
COMMENT ON COLUMN mart.statement.document_id IS '文件编号';
COMMENT ON COLUMN mart.statement.statement_code IS '报表代码（T01至T16决算，BT01至BT20预算，PF、PFW绩效自评）；未识别为空';
COMMENT ON COLUMN mart.statement.title IS '表名（原文）';
COMMENT ON COLUMN mart.statement.first_page IS '起始页';
COMMENT ON COLUMN mart.statement.last_page IS '结束页';
COMMENT ON COLUMN mart.statement.money_unit IS '金额单位：元、万元、亿元，少数为百元、千元、百万元';
COMMENT ON COLUMN mart.statement.status IS '状态：filled 有数，empty_declared 声明为空，empty 空表，unrecognised 未识别，announced_only 仅提及';
COMMENT ON COLUMN mart.statement.status_reason IS '状态说明';
COMMENT ON COLUMN mart.statement.statement_no IS '文件内序号';
COMMENT ON COLUMN mart.statement.table_no IS '所在的抽取表序号';
COMMENT ON COLUMN mart.statement.is_money_unit_inferred IS '金额单位是否为推断';
COMMENT ON COLUMN mart.statement.printed_year IS '表上所印年度';
COMMENT ON COLUMN mart.statement.printed_unit_name IS '表上所印单位名称';

CREATE OR REPLACE VIEW mart.cell AS
SELECT cell_id, document_id, statement_id, page, row_no, column_no, row_label, column_label, raw_text, state, value, decimals,
       unit, x0, top, x1, bottom,
       table_no, row_span, column_span, is_header, unmapped_reason, method, confidence
FROM core.cell;
COMMENT ON VIEW mart.cell IS '单元格：每张表的每个单元格一行，无论是否理解';
COMMENT ON COLUMN mart.cell.cell_id IS '单元格编号';
COMMENT ON COLUMN mart.cell.document_id IS '文件编号';
COMMENT ON COLUMN mart.cell.statement_id IS '报表编号';
COMMENT ON COLUMN mart.cell.page IS '页码';
COMMENT ON COLUMN mart.cell.row_no IS '行号（从1起）';
COMMENT ON COLUMN mart.cell.column_no IS '列号（从1起）';
COMMENT ON COLUMN mart.cell.row_label IS '所在行的项目名称';
COMMENT ON COLUMN mart.cell.column_label IS '列标题路径';
COMMENT ON COLUMN mart.cell.raw_text IS '原文';
COMMENT ON COLUMN mart.cell.state IS '状态：number 数字，zero_printed 印出的零，percent 百分数，blank 空白，dash 横线，none_word 无，ellipsis 省略，text 文字，unreadable 不可读';
COMMENT ON COLUMN mart.cell.value IS '印出的数值（不换算）';
COMMENT ON COLUMN mart.cell.decimals IS '印出的小数位数';
COMMENT ON COLUMN mart.cell.unit IS '单位';
COMMENT ON COLUMN mart.cell.x0 IS '左边界（点，页面左上角为原点）';
COMMENT ON COLUMN mart.cell.top IS '上边界';
COMMENT ON COLUMN mart.cell.x1 IS '右边界';
COMMENT ON COLUMN mart.cell.bottom IS '下边界';
COMMENT ON COLUMN mart.cell.table_no IS '抽取表序号';
COMMENT ON COLUMN mart.cell.row_span IS '合并行数';
COMMENT ON COLUMN mart.cell.column_span IS '合并列数';
COMMENT ON COLUMN mart.cell.is_header IS '是否表头';
COMMENT ON COLUMN mart.cell.unmapped_reason IS '数字未能归入科目的原因';
COMMENT ON COLUMN mart.cell.method IS '来源：text 文字层，ocr 识别';
COMMENT ON COLUMN mart.cell.confidence IS '置信度（0到1）：扫描识别的单元格，或无竖线表格中所属列不能确定的单元格；其余为空';

CREATE OR REPLACE VIEW mart.amount AS
SELECT amount_id, cell_id, document_id, unit_id, unit_name, fiscal_year, doc_kind, statement_code, line_code, measure,
       functional_code, economic_code, fund, stage, amount_yuan, half_width_yuan, is_leaf,
       scope, statement_id, item, subject_name, state, value, decimals, unit, is_unit_inferred, half_width, is_from_ocr
FROM core.amount;
COMMENT ON VIEW mart.amount IS '金额与数量：每个已理解的印出数一行；各表、各级之间有重复，汇总请用不重复的叶子视图';
COMMENT ON COLUMN mart.amount.amount_id IS '金额编号';
COMMENT ON COLUMN mart.amount.cell_id IS '单元格编号';
COMMENT ON COLUMN mart.amount.document_id IS '文件编号';
COMMENT ON COLUMN mart.amount.unit_id IS '单位编号';
COMMENT ON COLUMN mart.amount.unit_name IS '单位名称';
COMMENT ON COLUMN mart.amount.fiscal_year IS '年度';
COMMENT ON COLUMN mart.amount.doc_kind IS '文种';
COMMENT ON COLUMN mart.amount.statement_code IS '报表代码';
COMMENT ON COLUMN mart.amount.line_code IS '行代码';
COMMENT ON COLUMN mart.amount.measure IS '列代码';
COMMENT ON COLUMN mart.amount.functional_code IS '功能分类编码（类3位、款5位、项7位）';
COMMENT ON COLUMN mart.amount.economic_code IS '经济分类编码（部门3开头，政府5开头）';
COMMENT ON COLUMN mart.amount.fund IS '资金来源';
COMMENT ON COLUMN mart.amount.stage IS '阶段：final 决算，budget 预算，initial_budget 年初预算，full_year_budget 全年预算等';
COMMENT ON COLUMN mart.amount.amount_yuan IS '金额（元）；非金额为空';
COMMENT ON COLUMN mart.amount.half_width_yuan IS '印出位数的半宽（元）；空白与横线为0';
COMMENT ON COLUMN mart.amount.is_leaf IS '同表同列中是否没有更细的行';
COMMENT ON COLUMN mart.amount.scope IS '口径：department 部门，unit 单位';
COMMENT ON COLUMN mart.amount.statement_id IS '报表编号';
COMMENT ON COLUMN mart.amount.item IS '明细键（项目名称等）';
COMMENT ON COLUMN mart.amount.subject_name IS '行名称（原文）';
COMMENT ON COLUMN mart.amount.state IS '单元格状态';
COMMENT ON COLUMN mart.amount.value IS '印出的数值';
COMMENT ON COLUMN mart.amount.decimals IS '印出的小数位数';
COMMENT ON COLUMN mart.amount.unit IS '单位';
COMMENT ON COLUMN mart.amount.is_unit_inferred IS '单位是否为推断';
COMMENT ON COLUMN mart.amount.half_width IS '半宽（印出单位）';
COMMENT ON COLUMN mart.amount.is_from_ocr IS '是否来自文字识别';

CREATE OR REPLACE VIEW mart.sentence AS
SELECT sentence_id, document_id, section, first_page, last_page, text,
       sentence_no, method
FROM core.sentence;
COMMENT ON VIEW mart.sentence IS '文字说明中的句子';
COMMENT ON COLUMN mart.sentence.sentence_id IS '句子编号';
COMMENT ON COLUMN mart.sentence.document_id IS '文件编号';
COMMENT ON COLUMN mart.sentence.section IS '所在标题路径';
COMMENT ON COLUMN mart.sentence.first_page IS '起始页';
COMMENT ON COLUMN mart.sentence.last_page IS '结束页';
COMMENT ON COLUMN mart.sentence.text IS '句子原文（去空白）';
COMMENT ON COLUMN mart.sentence.sentence_no IS '文件内序号';
COMMENT ON COLUMN mart.sentence.method IS '来源：text 文字层，ocr 识别';

CREATE OR REPLACE VIEW mart.claim AS
SELECT claim.claim_id, claim.document_id, claim.page, claim.section, claim.subject_kind, claim.subject_text,
       claim.functional_code, claim.economic_code, claim.metric, claim.basis, claim.reference_year, claim.value,
       claim.decimals, claim.unit, claim.amount_yuan, claim.direction, sentence.text AS sentence, claim.x0, claim.top,
       claim.x1, claim.bottom, claim.status,
       claim.sentence_id, claim.unit_id, claim.unit_name, claim.fiscal_year, claim.doc_kind, claim.scope,
       claim.statement_code, claim.line_code, claim.measure, claim.fund, claim.functional_path, claim.half_width_yuan,
       claim.half_width, claim.related_claim_id, claim.is_from_ocr
FROM core.claim AS claim LEFT JOIN core.sentence AS sentence USING (sentence_id);
COMMENT ON VIEW mart.claim IS '文字说明中的数字断言：每个数字或增减词一行';
COMMENT ON COLUMN mart.claim.claim_id IS '断言编号';
COMMENT ON COLUMN mart.claim.document_id IS '文件编号';
COMMENT ON COLUMN mart.claim.page IS '页码';
COMMENT ON COLUMN mart.claim.section IS '所在标题路径';
COMMENT ON COLUMN mart.claim.subject_kind IS '对象类别';
COMMENT ON COLUMN mart.claim.subject_text IS '对象原文';
COMMENT ON COLUMN mart.claim.functional_code IS '功能分类编码';
COMMENT ON COLUMN mart.claim.economic_code IS '经济分类编码';
COMMENT ON COLUMN mart.claim.metric IS '指标：amount 金额，change 增减额，growth 增减率，share 占比，completion 完成率，count 数量，score 得分，direction 增减词等';
COMMENT ON COLUMN mart.claim.basis IS '比较基准：none 无，prior_year_final 上年决算，initial_budget 年初预算，full_year_budget 全年预算，prior_budget 上年预算，whole 总额';
COMMENT ON COLUMN mart.claim.reference_year IS '所指年度';
COMMENT ON COLUMN mart.claim.value IS '印出的数值';
COMMENT ON COLUMN mart.claim.decimals IS '小数位数';
COMMENT ON COLUMN mart.claim.unit IS '单位';
COMMENT ON COLUMN mart.claim.amount_yuan IS '金额（元）';
COMMENT ON COLUMN mart.claim.direction IS '方向：increase 增加，decrease 减少，equal 持平，nearly_equal 基本持平，greater 大于，less 小于';
COMMENT ON COLUMN mart.claim.sentence IS '句子原文';
COMMENT ON COLUMN mart.claim.x0 IS '左边界';
COMMENT ON COLUMN mart.claim.top IS '上边界';
COMMENT ON COLUMN mart.claim.x1 IS '右边界';
COMMENT ON COLUMN mart.claim.bottom IS '下边界';
COMMENT ON COLUMN mart.claim.status IS '状态：typed 已理解，unparsed 未理解';
COMMENT ON COLUMN mart.claim.sentence_id IS '句子编号';
COMMENT ON COLUMN mart.claim.unit_id IS '单位编号';
COMMENT ON COLUMN mart.claim.unit_name IS '单位名称';
COMMENT ON COLUMN mart.claim.fiscal_year IS '年度';
COMMENT ON COLUMN mart.claim.doc_kind IS '文种';
COMMENT ON COLUMN mart.claim.scope IS '口径';
COMMENT ON COLUMN mart.claim.statement_code IS '对应报表代码';
COMMENT ON COLUMN mart.claim.line_code IS '对应行代码';
COMMENT ON COLUMN mart.claim.measure IS '对应列代码';
COMMENT ON COLUMN mart.claim.fund IS '资金来源';
COMMENT ON COLUMN mart.claim.functional_path IS '功能分类名称路径';
COMMENT ON COLUMN mart.claim.half_width_yuan IS '半宽（元）';
COMMENT ON COLUMN mart.claim.half_width IS '半宽（印出单位）';
COMMENT ON COLUMN mart.claim.related_claim_id IS '所修饰的断言';
COMMENT ON COLUMN mart.claim.is_from_ocr IS '是否来自文字识别';

CREATE OR REPLACE VIEW mart.outcome AS
SELECT outcome_id, rule_id, document_id, subject, verdict, actual, expected, residual, tolerance, reason,
       actual_half_width, expected_half_width, part_count, note
FROM core.outcome;
COMMENT ON VIEW mart.outcome IS '核对结果：每条规则对每个适用对象的结论，通过与未评估也在内';
COMMENT ON COLUMN mart.outcome.outcome_id IS '结果编号';
COMMENT ON COLUMN mart.outcome.rule_id IS '规则编号';
COMMENT ON COLUMN mart.outcome.document_id IS '文件编号';
COMMENT ON COLUMN mart.outcome.subject IS '核对对象';
COMMENT ON COLUMN mart.outcome.verdict IS '结论：exact 一致，rounded 尾差内一致，violated 不符，needs_review 待复核，not_evaluated 未评估';
COMMENT ON COLUMN mart.outcome.actual IS '实际值';
COMMENT ON COLUMN mart.outcome.expected IS '应有值';
COMMENT ON COLUMN mart.outcome.residual IS '差额';
COMMENT ON COLUMN mart.outcome.tolerance IS '容许差';
COMMENT ON COLUMN mart.outcome.reason IS '未评估或待复核的原因';
COMMENT ON COLUMN mart.outcome.actual_half_width IS '实际值半宽';
COMMENT ON COLUMN mart.outcome.expected_half_width IS '应有值半宽';
COMMENT ON COLUMN mart.outcome.part_count IS '合计的项数';
COMMENT ON COLUMN mart.outcome.note IS '附注：large_rounding_residual 尾差偏大，last_digit 相差末位一个数，zero_base 基数为零';

CREATE OR REPLACE VIEW mart.exception AS
SELECT finding.finding_id, finding.rule_id, finding.family, finding.severity, finding.unit_name, finding.fiscal_year,
       finding.doc_kind, finding.document_id, finding.title, finding.message, finding.actual, finding.expected, finding.page,
       coalesce((SELECT list(evidence.evidence_id ORDER BY evidence.evidence_no) FROM core.finding_evidence AS evidence
                 WHERE evidence.finding_id = finding.finding_id AND evidence.kind = 'cell'), []) AS evidence_cell_ids,
       finding.status, finding.first_seen,
       finding.unit_id, finding.scope, finding.subject, finding.amount_yuan, finding.diagnosis, finding.last_seen
FROM core.finding AS finding;
COMMENT ON VIEW mart.exception IS '差错清单：每个根因一行';
COMMENT ON COLUMN mart.exception.finding_id IS '问题编号（重跑、重新公开后不变）';
COMMENT ON COLUMN mart.exception.rule_id IS '规则编号';
COMMENT ON COLUMN mart.exception.family IS '规则类别';
COMMENT ON COLUMN mart.exception.severity IS '级别：error 差错，warning 疑点，notice 提示';
COMMENT ON COLUMN mart.exception.unit_name IS '单位名称';
COMMENT ON COLUMN mart.exception.fiscal_year IS '年度';
COMMENT ON COLUMN mart.exception.doc_kind IS '文种';
COMMENT ON COLUMN mart.exception.document_id IS '文件编号';
COMMENT ON COLUMN mart.exception.title IS '问题标题';
COMMENT ON COLUMN mart.exception.message IS '问题说明';
COMMENT ON COLUMN mart.exception.actual IS '实际值';
COMMENT ON COLUMN mart.exception.expected IS '应有值';
COMMENT ON COLUMN mart.exception.page IS '页码';
COMMENT ON COLUMN mart.exception.evidence_cell_ids IS '证据单元格编号';
COMMENT ON COLUMN mart.exception.status IS '状态：new 新增，persisting 延续，fixed 当晚已消除，waived 已豁免，answered 已答复，needs_review 待复核，reopened 重现，unverified 未能复查';
COMMENT ON COLUMN mart.exception.first_seen IS '首次发现日期';
COMMENT ON COLUMN mart.exception.unit_id IS '单位编号';
COMMENT ON COLUMN mart.exception.scope IS '口径';
COMMENT ON COLUMN mart.exception.subject IS '核对对象';
COMMENT ON COLUMN mart.exception.amount_yuan IS '涉及金额（元）';
COMMENT ON COLUMN mart.exception.diagnosis IS '可能原因';
COMMENT ON COLUMN mart.exception.last_seen IS '最近一次发现日期';
