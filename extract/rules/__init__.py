"""The rules of ``seeds/rules`` over the labelled cells of one document."""
