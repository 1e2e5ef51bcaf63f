-- What must hold of the rows of a batch, counted when it is loaded: ids begin with their document's, and a document is in
-- one batch. Temporary views loaded_<table> show the rows of the batch.

INSERT INTO batch_violation
SELECT 'statement_id_unique', '报表编号唯一', count(*) - count(DISTINCT statement_id) FROM loaded_statement
UNION ALL SELECT 'cell_id_unique', '单元格编号唯一', count(*) - count(DISTINCT cell_id) FROM loaded_cell
UNION ALL SELECT 'amount_id_unique', '金额编号唯一', count(*) - count(DISTINCT amount_id) FROM loaded_amount
UNION ALL SELECT 'sentence_id_unique', '句子编号唯一', count(*) - count(DISTINCT sentence_id) FROM loaded_sentence
UNION ALL SELECT 'claim_id_unique', '断言编号唯一', count(*) - count(DISTINCT claim_id) FROM loaded_claim
UNION ALL SELECT 'amount_has_cell', '每个金额都有其单元格', count(*) FROM loaded_amount ANTI JOIN loaded_cell USING (cell_id)
UNION ALL SELECT 'claim_has_sentence', '每个断言都有其句子', count(*) FROM loaded_claim ANTI JOIN loaded_sentence USING (sentence_id)
UNION ALL SELECT 'statement_has_document', '每张报表都有其文件', count(*) FROM loaded_statement ANTI JOIN loading_document USING (document_id)
UNION ALL SELECT 'cell_has_document', '每个单元格都有其文件', count(*) FROM loaded_cell ANTI JOIN loading_document USING (document_id);
