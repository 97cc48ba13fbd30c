-- KEYS: manifest, then the payloads of every element that may be unlisted by now.
-- ARGV: version, log, offset, timestamp, 'delete' or 'put', digest, planned revision, document, collection, number of
--       elements to list, those elements, then the elements whose payloads are the keys.
local manifest = KEYS[1]
local record = record_position()
local stored = stored_position(manifest)
local judgement = judge(record, stored)
local listed = tonumber(ARGV[10])
local declared = 11 + listed

if judgement ~= 'latest' then
  store_superseded(manifest, record, stored, judgement)
  return {'superseded', delete_unlisted(manifest, declared), marked(manifest, 'g:'), 0}
end
if redis.call('HGET', manifest, 'revision') ~= ARGV[7] then
  return {'stale'}
end

local wanted = {}
for i = 11, declared - 1 do wanted['e:' .. ARGV[i]] = true end

-- A server that went back to this revision has forgotten what was written since.
for i = 2, #KEYS do
  local field = 'e:' .. ARGV[declared + i - 2]
  if wanted[field] and redis.call('HEXISTS', manifest, field) == 0 and redis.call('EXISTS', KEYS[i]) == 0 then
    return {'stale'}
  end
end

local removed = unlist_all_but(wanted, manifest)
for i = 11, declared - 1 do
  redis.call('HSET', manifest, 'e:' .. ARGV[i], ARGV[9])
  redis.call('HDEL', manifest, 'g:' .. ARGV[i])
end
store_position(manifest, record, stored)
redis.call('HSET', manifest, 'digest', ARGV[6], 'document', ARGV[8])
raise_revision(manifest)
return {'flipped', delete_unlisted(manifest, declared), marked(manifest, 'g:'), removed}
