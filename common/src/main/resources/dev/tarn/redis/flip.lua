-- KEYS: manifest, then the payloads of every element that may be unlisted by now.
-- ARGV: version, log, offset, timestamp, digest, planned revision, document, collection, number of elements to list,
--       those elements, then the elements whose payloads are the keys, then labels: fields that every listed payload
--       has to hold, and their values.
local manifest = KEYS[1]
local record = record_position(1)
local stored = stored_position(manifest)
local listed = tonumber(ARGV[9])

-- Only what differs is written, for the query engine would index the vector again.
local function label(wanted, first, first_label)
  for i = 2, #KEYS do
    if wanted['e:' .. ARGV[first + i - 2]] then
      for l = first_label, #ARGV, 2 do
        local before = redis.call('HGET', KEYS[i], ARGV[l])
        if before and before ~= ARGV[l + 1] then redis.call('HSET', KEYS[i], ARGV[l], ARGV[l + 1]) end
      end
    end
  end
end

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
label(wanted, 10 + listed, 9 + listed + #KEYS)
store_position(manifest, record, stored)
redis.call('HSET', manifest, 'digest', ARGV[5], 'document', ARGV[7])
redis.call('HINCRBY', manifest, 'revision', 1)
return {'flipped', delete_unlisted(manifest, 10 + listed), marked(manifest, 'g:'), removed}
