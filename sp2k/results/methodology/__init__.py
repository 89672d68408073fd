"""The sheet on how a stage is counted and examined, as a PDF of one page."""
