"""The flow: documents are read, landed, modelled, validated and published as one warehouse."""

__version__ = "0.1.0"
