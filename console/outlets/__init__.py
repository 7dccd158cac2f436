"""How people are told: mail, chat groups, short messages and telephone tasks."""
