-- KEYS: manifest, then the payloads of every element that may be unlisted by now.
-- ARGV: version, log, offset, timestamp, digest, planned revision, document, collection, number of elements to list,
--       those elements, then the elements whose payloads are the keys.
local manifest = KEYS[1]
local record = record_position(1)
local stored = stored_position(manifest)
local listed = tonumber(ARGV[9])

if is_older(record, stored) then
  redis.call('HSET', manifest, 'fence', greater_fence(record, stored))
  return {'superseded', delete_unlisted(manifest, 10 + listed), marked(manifest, 'g:'), 0}
end
if (redis.call('HGET', manifest, 'revision') or '0') ~= ARGV[6] then
  return {'stale'}
end

local wanted = {}
for i = 10, 9 + listed do wanted['e:' .. ARGV[i]] = true end

local removed = 0
local fields = redis.call('HGETALL', manifest)
for i = 1, #fields, 2 do
  local field = fields[i]
  if string.sub(field, 1, 2) == 'e:' and not wanted[field] then
    redis.call('HDEL', manifest, field)
    redis.call('HSET', manifest, 'g:' .. string.sub(field, 3), fields[i + 1])
    removed = removed + 1
  end
end
for i = 10, 9 + listed do
  redis.call('HSET', manifest, 'e:' .. ARGV[i], ARGV[8])
  redis.call('HDEL', manifest, 'g:' .. ARGV[i])
end
store_position(manifest, record, stored)
redis.call('HSET', manifest, 'digest', ARGV[5], 'document', ARGV[7])
redis.call('HINCRBY', manifest, 'revision', 1)
return {'flipped', delete_unlisted(manifest, 10 + listed), marked(manifest, 'g:'), removed}
