-- KEYS: manifest, payload, and the vector set where it is on this server. ARGV: version, log, offset, timestamp, 'delete' or
--       'put', planned revision, element or '', its collection, number of the arguments of VADD, those arguments, then the
--       payload's fields and values.
-- Writes an element, but only for a record that still is the latest, at the revision that it was planned from. Until it is
-- listed it is garbage, so that whoever delivers the document next removes it if nobody lists it.
local manifest = KEYS[1]
if redis.call('HGET', manifest, 'revision') ~= ARGV[6] or judge(record_position(), stored_position(manifest)) ~= 'latest' then
  return {'stale'}
end
local fields = 10 + tonumber(ARGV[9])
if KEYS[3] then redis.call('VADD', KEYS[3], unpack(ARGV, 10, fields - 1)) end
redis.call('HSET', KEYS[2], unpack(ARGV, fields))
if ARGV[7] ~= '' then redis.call('HSET', manifest, 'g:' .. ARGV[7], ARGV[8]) end
return {'written'}
