"""The sample newsroom: articles written for this project."""
