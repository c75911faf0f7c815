"""What a project and a document say of findings: which are reported, taken back, known already, or mended."""
