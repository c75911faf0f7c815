"""From passages to claims: one reader for drafts and for the quotes of facts."""

from evidencelint.claims.reader import ClaimReader

__all__ = ["ClaimReader"]
