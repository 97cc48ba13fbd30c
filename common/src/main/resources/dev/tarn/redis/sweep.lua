-- KEYS: manifest, then the payloads of elements that were in the garbage. ARGV: those elements.
return delete_unlisted(KEYS[1], 1)
