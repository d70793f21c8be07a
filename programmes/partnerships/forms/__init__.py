"""Forms of programmes, teams and partnerships."""
