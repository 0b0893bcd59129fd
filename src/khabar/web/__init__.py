"""The workbench: an API under `/api/v1`, and pages to read, check and show claims in a browser."""
