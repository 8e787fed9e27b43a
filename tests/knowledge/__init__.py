"""The editions: the article and the evidence, tables and their audit."""
