-- KEYS: manifest, then the payloads of a record's elements. ARGV: those elements.
-- Deletes what is not listed of them. At the new revision no other delivery of the record can write them again.
raise_revision(KEYS[1])
return delete_unlisted(KEYS[1], 1)
