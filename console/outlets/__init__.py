"""How people are told: mail, SMS, chats, webhooks. Only the worker loads this."""
