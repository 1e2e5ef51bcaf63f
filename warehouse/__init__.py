"""The warehouse: one DuckDB file a night, a pure function of store, facts, reference data and ledger."""
