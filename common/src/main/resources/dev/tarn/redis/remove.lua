-- KEYS: manifest, payload, vector set. ARGV: element, member, collection.
-- Removes a vector, unless it is listed, or its payload is there: then the element was written again meanwhile.
local listed = redis.call('HGET', KEYS[1], 'e:' .. ARGV[1])
if listed == ARGV[3] or not listed and redis.call('EXISTS', KEYS[2]) == 1 then return 0 end
return redis.call('VREM', KEYS[3], ARGV[2])
