"""Rules as data, the engine that judges them, and what becomes of the verdicts."""
