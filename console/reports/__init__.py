"""What is handed in: ledgers, packs and indicator sheets as xlsx, pdf and csv."""
