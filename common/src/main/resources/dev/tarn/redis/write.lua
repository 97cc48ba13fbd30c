-- KEYS: manifest, payload, and the vector set where it is on this server. ARGV: version, log, offset, timestamp, 'delete' or
--       'put', planned revision, number of the arguments of VADD, those arguments, then the payload's fields and values.
-- Writes an element and returns 1; or 0 and nothing, when the record is not the latest any more, or the revision another.
local manifest = KEYS[1]
if redis.call('HGET', manifest, 'revision') ~= ARGV[6] or judge(record_position(), stored_position(manifest)) ~= 'latest' then
  return {'stale'}
end
local fields = 8 + tonumber(ARGV[7])
if KEYS[3] then redis.call('VADD', KEYS[3], unpack(ARGV, 8, fields - 1)) end
redis.call('HSET', KEYS[2], unpack(ARGV, fields))
return {'written'}
