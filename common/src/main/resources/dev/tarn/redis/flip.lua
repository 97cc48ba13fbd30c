-- KEYS: manifest, then the payloads of every element that may be unlisted by now.
-- ARGV: version, log, offset, timestamp, 'delete' or 'put', digest, planned revision, document, collection, order of the
--       elements to list, their number, those elements, then the elements whose payloads are the keys, then labels, where an earlier
--       record's elements are listed: fields that every listed payload has to hold, and their values. It holds no other field number_*.
local manifest = KEYS[1]
local record = record_position()
local stored = stored_position(manifest)
local judgement = judge(record, stored)
local listed = tonumber(ARGV[11])
local declared = 12 + listed

-- Only what differs is written, for the query engine would index the vector again.
local function label(wanted, first, first_label)
  if first_label > #ARGV then return end
  local labels = {}
  for l = first_label, #ARGV, 2 do labels[ARGV[l]] = ARGV[l + 1] end
  for i = 2, #KEYS do
    if wanted['e:' .. ARGV[first + i - 2]] and redis.call('EXISTS', KEYS[i]) == 1 then
      for field, value in pairs(labels) do
        if redis.call('HGET', KEYS[i], field) ~= value then redis.call('HSET', KEYS[i], field, value) end
      end
      for _, field in ipairs(redis.call('HKEYS', KEYS[i])) do
        if field:find('^number_') and not labels[field] then redis.call('HDEL', KEYS[i], field) end
      end
    end
  end
end

if judgement ~= 'latest' then
  store_superseded(manifest, record, stored, judgement)
  return {'superseded', delete_unlisted(manifest, declared), marked(manifest, 'g:'), 0}
end
if redis.call('HGET', manifest, 'revision') ~= ARGV[7] then
  return {'stale'}
end

local wanted = {}
for i = 12, declared - 1 do wanted['e:' .. ARGV[i]] = true end

-- A server that went back to this revision has forgotten what was written since.
for i = 2, #KEYS do
  local field = 'e:' .. ARGV[declared + i - 2]
  if wanted[field] and redis.call('HEXISTS', manifest, field) == 0 and redis.call('EXISTS', KEYS[i]) == 0 then
    return {'stale'}
  end
end

local removed = unlist_all_but(wanted, manifest)
for i = 12, declared - 1 do
  redis.call('HSET', manifest, 'e:' .. ARGV[i], ARGV[9])
  redis.call('HDEL', manifest, 'g:' .. ARGV[i])
end
label(wanted, declared, declared + #KEYS - 1)
store_position(manifest, record, stored)
redis.call('HSET', manifest, 'digest', ARGV[6], 'document', ARGV[8])
if ARGV[10] == '' then
  redis.call('HDEL', manifest, 'order')
else
  redis.call('HSET', manifest, 'order', ARGV[10])
end
raise_revision(manifest)
return {'flipped', delete_unlisted(manifest, declared), marked(manifest, 'g:'), removed}
