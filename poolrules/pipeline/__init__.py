"""The way through: files in, findings, rulesets, settlements and drafts out."""
