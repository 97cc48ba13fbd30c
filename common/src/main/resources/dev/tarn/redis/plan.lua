-- KEYS: manifest, then the payloads of the elements that this record would write.
-- ARGV: version, log, offset, timestamp, digest, then those elements.
local manifest = KEYS[1]
local record = record_position(1)
local stored = stored_position(manifest)

if is_older(record, stored) then
  redis.call('HSET', manifest, 'fence', greater_fence(record, stored))
  return {'superseded', delete_unlisted(manifest, 6), marked(manifest, 'g:')}
end
if stored and redis.call('HGET', manifest, 'digest') == ARGV[5] then
  store_position(manifest, record, stored)
  return {'unchanged', delete_unlisted(manifest, 6), marked(manifest, 'g:')}
end
return {'write', redis.call('HGET', manifest, 'revision') or '0', marked(manifest, 'e:'), marked(manifest, 'g:')}
