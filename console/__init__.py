"""A dispatch console for a customer-service hotline."""

__version__ = "0.1.0"
