"""Translation catalogues; the source language of every message is English."""
