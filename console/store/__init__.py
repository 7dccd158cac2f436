"""Where facts are kept: the journal, its projections, search, migrations and drafts."""
