"""From files and streams to documents: character sets, containers, limits."""
