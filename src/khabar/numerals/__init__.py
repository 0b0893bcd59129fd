"""The grammar of Arabic number words, which both reading and comparing ask: words with their proclitics off, digits,
and cardinals."""
